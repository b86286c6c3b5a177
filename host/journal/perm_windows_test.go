package journal

// unixOnly masks the permission bits that Windows does not have.
const unixOnly = 0o077

// fillDisk needs limits on the size of files, which Windows does not have.
func fillDisk(string) {}
