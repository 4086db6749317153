//! What is left of the data when the disk, another process or a query does its worst.

mod broken_files;
mod endless_queries;
#[cfg(target_os = "linux")]
mod full_disk;
mod running;
mod two_processes;
