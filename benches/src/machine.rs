//! Tells which machine measures: the figures of another one differ.

use std::fs;
use std::path::Path;
use std::thread;

/// Returns the processor, its number of threads, and the sizes of the caches of its first core, as far as the system
/// tells them (Linux).
pub fn describe() -> String {
    let processor = fs::read_to_string("/proc/cpuinfo").ok();
    let processor = processor.as_deref().and_then(model).unwrap_or("an unknown processor");
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let mut machine = format!("{processor}, {threads} threads");
    for cache in (0..8).filter_map(|index| cache(&format!("/sys/devices/system/cpu/cpu0/cache/index{index}")))
    {
        machine += &format!(", {cache}");
    }
    machine
}

fn model(cpuinfo: &str) -> Option<&str> {
    Some(cpuinfo.lines().find(|line| line.starts_with("model name"))?.split_once(": ")?.1)
}

/// Returns a cache, such as `L2 2048K`; `None` for the one of instructions.
fn cache(folder: &str) -> Option<String> {
    let read = |name: &str| fs::read_to_string(Path::new(folder).join(name)).ok();
    let (level, kind, size) = (read("level")?, read("type")?, read("size")?);
    (kind.trim() != "Instruction").then(|| format!("L{} {}", level.trim(), size.trim()))
}
