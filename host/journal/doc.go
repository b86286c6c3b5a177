// Package journal keeps the records of a till: what was decided for each reply
// of Flexiti's, one JSON line each, in files that only grow. It is what replay
// reads.
//
// # Folder
//
// A journal is a folder of numbered segments, journal-000001.jsonl and so on,
// by exactly these names and with no number left out. The last one is being
// written. A segment is closed when it is full, when its UTC day ends, or when
// the module or the store changes; closed segments are compressed to
// journal-000001.jsonl.gz, and a plain segment always counts for more than its
// compressed twin. The oldest segments may be taken away when the room is
// needed. journal.lock is held by the one writer.
//
// A segment is a plain file. A link, a pipe, a device or a folder of that name
// is neither read nor written: what is written through a link ends up in a file
// that may be anybody's, and a pipe can hang for ever. The folder itself may be
// a link. A segment that has a second name (a hard link, as some backups make
// them) is read, and the writer goes on in the next one.
//
// # Lines
//
// The first line of a segment is its header:
//
//	{"format":"tillwise-journal","version":1,"store":"0412","module":"<SHA-256>","first":1,"crc":"7d1c93f0"}
//
// with "origin":"…" before the crc when no till wrote it (import, generate).
// Then comes one line for each record:
//
//	{"seq":1,"at":1795530727000,"sale_id":"S-17","store":"0412","lane":"3","module":"<SHA-256>","record":{…},"crc":"09af77be"}
//
// The members stand in this order and without spaces, so that a reader can cut
// a line up without a JSON parser. seq begins at the header's first and goes up
// by one over all segments of the folder. at is Unix time in milliseconds.
// sale_id, store and lane are 1 to 64 letters, digits, dots, underscores and
// dashes; they and the module may be empty. "settled_by":"…" before module says
// who settled a payment with this record, and at is when: up to 24 characters,
// any letters, escaped as JSON does. "missed":N before record says that N
// records had been lost when this one was written: the disk failed, or was so
// slow that they were dropped. record is the module's, as it came. crc is CRC-32C, eight hex digits, over the line up to the comma
// before "crc".
//
// # Promises
//
// When Append returns nil its lines are on the disk: one write for all of them, then fsync. A
// line that was cut by a crash is moved to <segment>.torn when the journal is
// next opened, so nothing is thrown away and nothing follows half a line; what
// else is damaged stays where it is. When
// Append fails the record is counted as missed, the sale goes on, and the next
// Append begins anew: a disk that comes back needs no restart.
//
// Records hold nothing sensitive, because facts are a whitelist. As a last
// guard, a line that holds anything like a card number is refused. Whatever is
// read, Check and Cat hold no more of it in memory than one line of 64 KiB.
package journal
