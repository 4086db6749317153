//! Counts what is allocated.
//!
//! An allocator of our own: `allocation-counter` makes a new block and a copy of each reallocation, which is a peak that
//! nobody has, and `dhat` takes a backtrace of each block, which takes minutes for a page.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// The system's allocator, counted. A reallocation is an allocation.
pub struct Counting {
    count: AtomicUsize,
    bytes: AtomicUsize,
    peak: AtomicUsize,
}

/// What was allocated.
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

    /// What the work allocates, over what there was before.
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

// SAFETY: all blocks are the system allocator's, asked for and given back with the layouts that the caller says.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        self.add(layout.size());
        // SAFETY: the caller's promises are those that the system's allocator wants.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        self.add(layout.size());
        // SAFETY: as above.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        self.remove(layout.size());
        self.add(size);
        // SAFETY: as above.
        unsafe { System.realloc(block, layout, size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        self.remove(layout.size());
        // SAFETY: as above.
        unsafe { System.dealloc(block, layout) }
    }
}
