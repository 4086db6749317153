//! The Cargo features that generated code needs.

use std::collections::BTreeSet;

use dataverse_definitions::Kind;

use crate::settings::{Dates, Images, Settings};
use crate::snapshot::Snapshot;

/// Returns the features of `dataverse-entity` that code with these settings needs, besides its default features. Columns with a
/// type of the user's choice need none.
///
/// ```
/// use dataverse_codegen::{Settings, Snapshot, features};
///
/// let definition = r#"{"LogicalName": "new_loan", "Attributes": [{"LogicalName": "new_price", "AttributeType": "Money"}]}"#;
/// let snapshot = Snapshot::new(dataverse_definitions::read(&[definition])?);
/// assert_eq!(features(&snapshot, &Settings::default()).into_iter().collect::<Vec<_>>(), ["rust_decimal"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn features(snapshot: &Snapshot, settings: &Settings) -> BTreeSet<&'static str> {
    let mut features = BTreeSet::new();
    for table in snapshot.tables.values() {
        let chosen = settings.tables.get(&table.logical_name);
        let is_skipped = |name: &String| chosen.is_some_and(|chosen| chosen.skip.contains(name));
        for column in table.attributes.iter().filter(|column| !is_skipped(&column.logical_name)) {
            let has_own_type = settings
                .column(&table.logical_name, &column.logical_name)
                .is_some_and(|chosen| chosen.ty.is_some());
            if has_own_type {
                continue;
            }
            features.extend(match (column.kind(), settings.dates, settings.images) {
                (Kind::Decimal | Kind::Money, ..) if settings.decimal.is_none() => Some("rust_decimal"),
                (Kind::DateTime, Dates::Chrono, _) => Some("chrono"),
                (Kind::DateTime, Dates::Time, _) => Some("time"),
                (Kind::Image, _, Images::Bytes) => Some("base64"),
                _ => None,
            });
        }
    }
    features
}
