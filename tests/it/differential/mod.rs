//! The fast path, the fallback and `serde_json` agree about every text.

mod both_readers;
mod corpus;
mod fast_path;
mod json_categories;
mod pages;
