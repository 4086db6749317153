//! Storage: full disks, broken files, several processes, and endless queries.

mod broken_files;
mod endless_queries;
#[cfg(target_os = "linux")]
mod full_disk;
mod running;
mod two_processes;
