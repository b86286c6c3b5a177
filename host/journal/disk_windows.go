package journal

import "io/fs"

// syncDir does nothing: Windows keeps names without being asked, and folders
// cannot be flushed.
func syncDir(string) error { return nil }

// hasOtherNames is not known on Windows, where hard links are rarely made.
func hasOtherNames(fs.FileInfo) bool { return false }
