//! Malicious and oversized requests.

use super::Fact;
use super::fact::decided;

pub(super) const FACTS: &[Fact] = &[
    decided(
        "No text in a URL does anything but what it says: it is bound, never part of a statement.",
        "injected SQL would change the data",
        "properties::hostile::texts::texts_in_urls_do_nothing",
    ),
    decided(
        "No text in a body does anything but be kept.",
        "injected SQL would change the data",
        "properties::hostile::texts::texts_in_bodies_do_nothing",
    ),
    decided(
        "No text in a header or a batch does anything but what it says.",
        "injected SQL would change the data",
        "properties::hostile::texts::texts_in_headers_and_batches_do_nothing",
    ),
    decided(
        "Every text that was written is read again and found by its value.",
        "nothing is lost on the way",
        "properties::hostile::texts::values_come_back_and_are_found",
    ),
    decided(
        "What is too much for the database is a 400, never a 500.",
        "the README lists the limits",
        "properties::hostile::limits::too_large_queries_are_refused",
    ),
    decided(
        "Brackets and elements within each other, however deep, end in an answer.",
        "a stack is finite",
        "properties::hostile::limits::deeply_nested_brackets_and_elements",
    ),
    decided(
        "A path through more than 12 properties is a 400.",
        "a statement is finite",
        "properties::hostile::limits::long_paths_in_filters",
    ),
    decided(
        "A URL of more than 40 segments is a 400.",
        "a stack is finite",
        "properties::hostile::limits::long_paths_in_urls",
    ),
    decided(
        "A deletion that cascades through hundreds of records ends.",
        "a stack is finite",
        "properties::hostile::limits::long_chains_are_deleted",
    ),
    decided(
        "No paging cookie of FetchXML, whatever it holds, is answered with a 500.",
        "an error of the emulator helps nobody",
        "properties::hostile::paging_tokens::changed_paging_cookies",
    ),
    decided(
        "No skip token, whatever it holds, is answered with a 500.",
        "an error of the emulator helps nobody",
        "properties::hostile::paging_tokens::changed_skip_tokens",
    ),
];
