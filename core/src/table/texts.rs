//! What a plan says in a URL, made once for each struct and process.

use core::hash::{BuildHasherDefault, Hasher};
use std::collections::HashMap;
use std::sync::{LazyLock, PoisonError, RwLock};

use super::plan::{ExpandText, RowPlan};

/// What the requests of a struct repeat.
pub(crate) struct PlanTexts {
    /// The value of `$select`.
    pub(crate) select: String,
    /// The value of `$expand`, without options for the navigation properties.
    pub(crate) expand: Option<ExpandText>,
    /// Whether the struct, or a struct that it expands, has a lookup to several tables. Only an annotation then names the
    /// table of the record.
    pub(crate) reads_lookup_tables: bool,
    /// The first collection that is fetched within another.
    pub(crate) collection_in_collection: Option<&'static str>,
}

/// The texts by the address of the plan. A plan never changes and is never freed, so an address stands for one plan; the
/// compiler may give a plan several addresses. The name of the struct would not do: two versions of a crate share it.
static TEXTS: LazyLock<RwLock<TextsByAddress>> = LazyLock::new(RwLock::default);

type TextsByAddress = HashMap<usize, &'static PlanTexts, BuildHasherDefault<AddressHasher>>;

/// Hashes the address of a plan. No input chooses addresses, so a hash that resists collisions is not needed.
#[derive(Default)]
struct AddressHasher(u64);

impl Hasher for AddressHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_usize(usize::from(*byte)));
    }

    fn write_usize(&mut self, address: usize) {
        // Spreads the middle bits, in which addresses differ, over the bits that the map uses.
        let mixed = (self.0.rotate_left(5) ^ address as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ (mixed >> 32);
    }
}

impl RowPlan {
    /// Returns the texts of the plan. They stay in memory: there are as many as structs.
    pub(crate) fn texts(&'static self) -> &'static PlanTexts {
        let address = core::ptr::from_ref(self).addr();
        if let Some(texts) = TEXTS.read().unwrap_or_else(PoisonError::into_inner).get(&address) {
            return texts;
        }
        let texts = &*Box::leak(Box::new(PlanTexts {
            select: self.select(),
            expand: self.expand_text(),
            reads_lookup_tables: self.reads_lookup_tables(),
            collection_in_collection: self.collection_in_collection(),
        }));
        TEXTS.write().unwrap_or_else(PoisonError::into_inner).entry(address).or_insert(texts)
    }
}
