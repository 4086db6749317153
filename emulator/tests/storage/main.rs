//! The data after a full disk, with other processes, and under endless queries.

mod broken_files;
mod endless_queries;
#[cfg(target_os = "linux")]
mod full_disk;
mod running;
mod two_processes;
