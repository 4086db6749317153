//! Assumptions about what `$metadata` does not say, so that its tables can be served.

use dataverse_definitions::{Column, Fact, Kind, OptionDefinition, OptionSet, Table};

use super::marks::MORE_OPTIONS;

/// Dataverse's maximum precision of decimals, of amounts of money and of floating-point numbers.
const DECIMAL_PRECISION: i64 = 10;
const MONEY_PRECISION: i64 = 4;
const DOUBLE_PRECISION: i64 = 5;
/// The precision of `exchangerate`.
const EXCHANGE_RATE_PRECISION: i64 = 12;

/// Columns that Dataverse fills itself.
const FILLED: [&str; 12] = [
    "activitytypecode",
    "createdby",
    "createdon",
    "createdonbehalfby",
    "exchangerate",
    "modifiedby",
    "modifiedon",
    "modifiedonbehalfby",
    "owningbusinessunit",
    "owningteam",
    "owninguser",
    "versionnumber",
];
/// Columns that only a create may set.
const CREATED: [&str; 2] = ["importsequencenumber", "overriddencreatedon"];

/// Assumes what a definition of `$metadata` lacks. What another definition says stays as it is.
pub(super) fn assume(table: &mut Table) {
    if !table.is_of_metadata {
        return;
    }
    let name = table.logical_name.clone();
    fill(&mut table.schema_name, || name.clone());
    if let Fact::Known(set) = &table.entity_set_name {
        let set = set.clone();
        fill(&mut table.logical_collection_name, || set);
    }
    if let Fact::NotAsked = table.primary_name_attribute {
        table.primary_name_attribute = primary_name(table).map_or(Fact::Null, |name| name.to_owned().into());
    }
    let owned = table.column("ownerid").is_some_and(|column| !column.target_tables().is_empty());
    fill(&mut table.ownership_type, || if owned { "UserOwned" } else { "OrganizationOwned" }.to_owned());
    for each in &mut table.many_to_many_relationships {
        fill(&mut each.intersect_entity_name, || each.schema_name.to_lowercase());
    }
    let assumed: Vec<Assumed> = table.attributes.iter().map(|column| Assumed::of(table, column)).collect();
    for (column, assumed) in table.attributes.iter_mut().zip(assumed) {
        if !column.edm_type.is_not_asked() {
            assumed.add_to(column);
        }
    }
}

/// Gives a fact that was not asked for a value.
fn fill<T>(fact: &mut Fact<T>, assumed: impl FnOnce() -> T) {
    if fact.is_not_asked() {
        *fact = Fact::Known(assumed());
    }
}

/// What is assumed of a column.
struct Assumed {
    kind: Kind,
    precision: Option<i64>,
    is_valid_for_create: bool,
    is_valid_for_update: bool,
}

impl Assumed {
    fn of(table: &Table, column: &Column) -> Self {
        let name = column.logical_name.as_str();
        let is_known = column.is_kind_known();
        let kind = match (column.kind(), name) {
            (Kind::Integer, "statecode") if !is_known => Kind::State,
            (Kind::Integer, "statuscode") if !is_known => Kind::Status,
            (Kind::Decimal, _) if !is_known && name != "exchangerate" && is_money(table, name) => Kind::Money,
            (Kind::Lookup, "ownerid") if !is_known => Kind::Owner,
            (Kind::Lookup, _) if !is_known && is_customer(column) => Kind::Customer,
            (kind, _) => kind,
        };
        let precision = match kind {
            Kind::Double => Some(DOUBLE_PRECISION),
            Kind::Money => Some(MONEY_PRECISION),
            Kind::Decimal if name == "exchangerate" => Some(EXCHANGE_RATE_PRECISION),
            Kind::Decimal => Some(DECIMAL_PRECISION),
            _ => None,
        };
        let (is_valid_for_create, is_valid_for_update) = validity(table, name);
        Self { kind, precision, is_valid_for_create, is_valid_for_update }
    }

    fn add_to(self, column: &mut Column) {
        if !column.is_kind_known() {
            column.set_kind(self.kind);
        }
        let name = column.logical_name.clone();
        fill(&mut column.schema_name, || name);
        fill(&mut column.is_valid_for_create, || self.is_valid_for_create);
        fill(&mut column.is_valid_for_update, || self.is_valid_for_update);
        if let Some(precision) = self.precision {
            fill(&mut column.precision, || precision);
        }
        if self.kind == Kind::DateTime {
            fill(&mut column.date_time_behavior, || "UserLocal".into());
        }
        let has_options = self.kind.has_options()
            && (!column.option_set.is_not_asked() || !column.global_option_set.is_not_asked());
        if matches!(self.kind, Kind::State | Kind::Status) && !has_options {
            let mut set = OptionSet::default();
            if self.kind == Kind::State {
                // The states of nearly every table, each with its first status.
                set.options = vec![state(0), state(1)];
            }
            column.option_set = Fact::Known(set);
            column.other.set(MORE_OPTIONS, true.into());
        }
    }
}

fn state(value: i32) -> OptionDefinition {
    let mut option = OptionDefinition::default();
    (option.value, option.default_status) = (value, Fact::Known(value + 1));
    option
}

/// Returns whether a column is valid for create and for update.
fn validity(table: &Table, column: &str) -> (bool, bool) {
    if column == "statecode" {
        return (false, true);
    }
    let filled = FILLED.contains(&column)
        || column.ends_with("_base") && is_money(table, column)
        || ["_url", "_timestamp", "id"].iter().any(|suffix| is_of_image(table, column, suffix));
    let created = table.primary_id_attribute.text() == Some(column) || CREATED.contains(&column);
    (!filled, !filled && !created)
}

/// Returns whether a column is a part of the image that its name starts with.
fn is_of_image(table: &Table, column: &str, suffix: &str) -> bool {
    let image = column.strip_suffix(suffix).and_then(|stem| table.column(stem));
    image.is_some_and(|column| column.kind() == Kind::Image)
}

/// Returns whether a lookup leads to accounts and contacts alone.
fn is_customer(column: &Column) -> bool {
    let mut targets: Vec<&str> = column.target_tables().iter().map(String::as_str).collect();
    targets.sort_unstable();
    targets == ["account", "contact"]
}

/// Returns whether a decimal column is an amount of money. An amount has a second column with its value in the base currency.
fn is_money(table: &Table, column: &str) -> bool {
    let stem = column.strip_suffix("_base").unwrap_or(column);
    let base = format!("{stem}_base");
    [stem, &base, "transactioncurrencyid"].iter().all(|name| table.column(name).is_some())
}

/// Guesses the primary name column of a table by its name.
fn primary_name(table: &Table) -> Option<&str> {
    let prefix = table.logical_name.split_once('_').map(|(prefix, _)| prefix);
    let of_prefix = prefix.map(|prefix| format!("{prefix}_name"));
    let usual = ["name", "fullname", "title", "subject"];
    let names: Vec<&str> = if table.is_activity.is_true() {
        vec!["subject"]
    } else {
        of_prefix.as_deref().into_iter().chain(usual).collect()
    };
    let is_text = |column: &&Column| column.edm_type.text() == Some("Edm.String");
    let found = names.iter().find_map(|name| table.column(name).filter(is_text));
    found.map(|column| column.logical_name.as_str())
}
