//! Counts allocations and their peak.
//!
//! Other counters do not fit: `allocation-counter` makes a new block and a copy of each reallocation, which
//! no program has as its peak, and `dhat` takes a backtrace of each block, which takes minutes for a page.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// The system's allocator, counted. A reallocation is an allocation.
pub struct Counting {
    count: AtomicUsize,
    bytes: AtomicUsize,
    peak: AtomicUsize,
}

/// Allocations of some work.
#[derive(Debug, Clone, Copy)]
pub struct Allocated {
    pub count: usize,
    /// Most bytes that were allocated at one time.
    pub peak: usize,
}

impl Counting {
    #[expect(clippy::new_without_default, reason = "there is one, and it is a static")]
    pub const fn new() -> Self {
        Self { count: AtomicUsize::new(0), bytes: AtomicUsize::new(0), peak: AtomicUsize::new(0) }
    }

    /// Counts what the work allocates, in addition to what was allocated before.
    pub fn measure(&self, work: impl FnOnce()) -> Allocated {
        let (count, bytes) = (self.count.load(Relaxed), self.bytes.load(Relaxed));
        self.peak.store(bytes, Relaxed);
        work();
        Allocated { count: self.count.load(Relaxed) - count, peak: self.peak.load(Relaxed) - bytes }
    }

    fn add(&self, size: usize) {
        self.count.fetch_add(1, Relaxed);
        let bytes = self.bytes.fetch_add(size, Relaxed) + size;
        self.peak.fetch_max(bytes, Relaxed);
    }

    fn remove(&self, size: usize) {
        self.bytes.fetch_sub(size, Relaxed);
    }
}

// SAFETY: all blocks are the system allocator's, allocated and freed with the layouts of the caller.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        self.add(layout.size());
        // SAFETY: the caller promises what the system's allocator requires.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        self.add(layout.size());
        // SAFETY: as for `alloc`.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        self.remove(layout.size());
        self.add(size);
        // SAFETY: as for `alloc`.
        unsafe { System.realloc(block, layout, size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        self.remove(layout.size());
        // SAFETY: as for `alloc`.
        unsafe { System.dealloc(block, layout) }
    }
}
