//! The changes of definitions since a client last asked. A database file stores the definitions that it was
//! opened with.

use std::collections::HashMap;

use http::StatusCode;
use jiff::Timestamp;
use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use rusqlite::{Connection, params};

use crate::error::{Refusal, Result};
use crate::json::Json;
use crate::schema::Schema;
use crate::session::Session;
use crate::store::{set_setting, setting};

/// The kinds of definitions whose deletions can be asked for.
pub(super) const DELETED_KINDS: [(&str, i64); 6] =
    [("Default", 1), ("Attribute", 2), ("Relationship", 4), ("Label", 8), ("OptionSet", 16), ("All", 31)];
const DEFAULT: i64 = 1;
const ATTRIBUTE: i64 = 2;
const RELATIONSHIP: i64 = 4;
const OPTION_SET: i64 = 16;

/// The name under which global option sets are stored, which is not that of a table.
const OPTION_SETS: &str = "";

/// The setting that holds the version of the definitions.
const VERSION: &str = "definitions";
/// The setting that holds when the database was created, in microseconds.
pub(crate) const BEGAN: &str = "began";
/// Days after which a stamp expires, by Dataverse's default.
const DAYS: i64 = 90;
const MICROSECONDS_A_DAY: i64 = 24 * 60 * 60 * 1_000_000;

const TABLES: &str = r#"
    CREATE TABLE IF NOT EXISTS "@definitions" (name TEXT PRIMARY KEY, items TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS "@definitions_deleted" (
        id TEXT PRIMARY KEY, kind INTEGER NOT NULL, version INTEGER NOT NULL
    ) WITHOUT ROWID;
"#;

/// A definition as the database stores it: id, kind, hash, and the version in which it was added or changed.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Remembered {
    id: String,
    kind: i64,
    hash: u64,
    version: i64,
}

/// Stores a change of definitions. The first one of a database that has recorded none stores those before it,
/// too.
pub(crate) fn record_change(connection: &Connection, old: &Schema, new: &Schema) -> rusqlite::Result<()> {
    if setting(connection, VERSION)?.is_none() {
        record(connection, old)?;
    }
    record(connection, new)
}

/// Stores the definitions, and what has changed in them since they were last stored.
pub(crate) fn record(connection: &Connection, schema: &Schema) -> rusqlite::Result<()> {
    connection.execute_batch(TABLES)?;
    let version: i64 = setting(connection, VERSION)?.and_then(|text| text.parse().ok()).unwrap_or(0);
    let next = version + 1;
    let mut before = all(connection)?;
    let mut changed = false;
    let tables = schema.tables().iter().map(|table| (table.logical_name.as_str(), items(&table.definition)));
    let sets = schema.option_sets().iter().map(|set| remembered(set, OPTION_SET)).collect();
    for (name, mut now) in tables.chain([(OPTION_SETS, sets)]) {
        let old = before.remove(name).unwrap_or_default();
        let by_id: HashMap<&str, &Remembered> = old.iter().map(|each| (each.id.as_str(), each)).collect();
        for item in &mut now {
            let same = by_id.get(item.id.as_str()).filter(|before| before.hash == item.hash);
            item.version = same.map_or(next, |before| before.version);
        }
        if now == old {
            continue;
        }
        changed = true;
        let gone = old.iter().filter(|before| !now.iter().any(|item| item.id == before.id));
        forget(connection, gone, next)?;
        let lines: Vec<String> = now.iter().map(Remembered::line).collect();
        connection
            .prepare_cached(r#"INSERT OR REPLACE INTO "@definitions" VALUES (?1, ?2)"#)?
            .execute(params![name, lines.join("\n")])?;
    }
    for (name, old) in before {
        changed = true;
        forget(connection, old.iter(), next)?;
        connection.execute(r#"DELETE FROM "@definitions" WHERE name = ?1"#, [name])?;
    }
    if changed {
        set_setting(connection, VERSION, &next.to_string())?;
    }
    Ok(())
}

fn forget<'r>(
    connection: &Connection,
    gone: impl Iterator<Item = &'r Remembered>,
    version: i64,
) -> rusqlite::Result<()> {
    for each in gone {
        connection
            .prepare_cached(r#"INSERT OR REPLACE INTO "@definitions_deleted" VALUES (?1, ?2, ?3)"#)?
            .execute(params![each.id, each.kind, version])?;
    }
    Ok(())
}

/// Returns what the database stores of each table.
fn all(connection: &Connection) -> rusqlite::Result<HashMap<String, Vec<Remembered>>> {
    let mut statement = connection.prepare(r#"SELECT name, items FROM "@definitions""#)?;
    let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    rows.map(|row| row.map(|(name, text)| (name, text.lines().filter_map(Remembered::of_line).collect())))
        .collect()
}

impl Remembered {
    fn line(&self) -> String {
        format!("{} {} {} {}", self.id, self.kind, self.hash, self.version)
    }

    fn of_line(line: &str) -> Option<Self> {
        let mut parts = line.split(' ');
        Some(Self {
            id: parts.next()?.to_owned(),
            kind: parts.next()?.parse().ok()?,
            hash: parts.next()?.parse().ok()?,
            version: parts.next()?.parse().ok()?,
        })
    }
}

/// Returns the definition of a table and those within it. A relationship belongs to the table that lists it
/// first.
fn items(definition: &Json) -> Vec<Remembered> {
    const LISTS: [(&str, i64); 4] = [
        ("Attributes", ATTRIBUTE),
        ("Keys", DEFAULT),
        ("ManyToOneRelationships", RELATIONSHIP),
        ("ManyToManyRelationships", RELATIONSHIP),
    ];
    let Json::Object(members) = definition else { return Vec::new() };
    let own = members.iter().filter(|(_, value)| !matches!(value, Json::Array(_)));
    let own = Json::Object(own.cloned().collect());
    let mut all = vec![(&own, DEFAULT)];
    all.extend(LISTS.iter().flat_map(|(list, kind)| definition.list(list).iter().map(|each| (each, *kind))));
    all.into_iter().map(|(item, kind)| remembered(item, kind)).collect()
}

/// Returns a definition without its version.
fn remembered(item: &Json, kind: i64) -> Remembered {
    let bytes = item.to_bytes();
    let hash = bytes.iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let id = item.text("MetadataId").unwrap_or_default().to_owned();
    Remembered { id, kind, hash, version: 0 }
}

/// The changes since a client last asked.
pub(super) struct Changes {
    version: i64,
    /// The version of the client; `None` if it asks for everything.
    client: Option<i64>,
    versions: HashMap<String, i64>,
    deleted: Vec<(String, i64)>,
}

impl Changes {
    /// Returns the changes since a stamp, or everything without one.
    pub(super) fn since(session: &Session<'_>, stamp: Option<&str>) -> Result<Self> {
        let connection = session.connection;
        // The definitions of a service without a file are recorded with their first change.
        let recorded = setting(connection, VERSION)?.and_then(|text| text.parse().ok());
        let version = recorded.unwrap_or(1);
        let began = setting(connection, BEGAN)?.and_then(|text| text.parse().ok()).unwrap_or(i64::MIN);
        let client = stamp.map(|stamp| version_of(stamp, version, began, session.now)).transpose()?;
        let (mut versions, mut deleted) = (HashMap::new(), Vec::new());
        if let Some(client) = client.filter(|_| recorded.is_some()) {
            let items = all(connection)?.into_values().flatten();
            versions = items.map(|each| (each.id, each.version)).collect();
            let mut statement =
                connection.prepare(r#"SELECT id, kind FROM "@definitions_deleted" WHERE version > ?1"#)?;
            let rows = statement.query_map([client], |row| Ok((row.get(0)?, row.get(1)?)))?;
            deleted = rows.collect::<rusqlite::Result<_>>()?;
            // A definition that was added again is not deleted.
            deleted.retain(|(id, _): &(String, i64)| !versions.contains_key(id));
        }
        Ok(Self { version, client, versions, deleted })
    }

    /// Returns whether a definition has changed; `None` if the client asks for everything.
    pub(super) fn of(&self, item: &Json) -> Option<bool> {
        let client = self.client?;
        let version = item.text("MetadataId").and_then(|id| self.versions.get(id)).copied().unwrap_or(1);
        Some(version > client)
    }

    /// Returns the ids of the definitions of a kind that were deleted.
    pub(super) fn deleted(&self, kind: i64) -> Vec<String> {
        self.deleted.iter().filter(|(_, each)| *each == kind).map(|(id, _)| id.clone()).collect()
    }

    /// Returns the stamp with which a client asks for later changes.
    pub(super) fn server_stamp(&self, now: i64) -> String {
        let time = Timestamp::from_microsecond(now).unwrap_or(Timestamp::UNIX_EPOCH);
        let time = strtime::format("%m/%d/%Y %H:%M:%S", time).unwrap_or_default();
        format!("{}!{time}", self.version)
    }
}

/// Returns the version in a stamp such as `74812162!10/09/2022 22:10:22`.
///
/// A stamp from before the database was created is from another one, such as that of the emulator before a restart. If the
/// clock was set back, nothing can be told.
fn version_of(stamp: &str, current: i64, began: i64, now: i64) -> Result<i64> {
    let wrong =
        || Refusal::bad(format!("The value '{stamp}' of 'ClientVersionStamp' is not a version stamp."));
    let (version, time) = stamp.split_once('!').ok_or_else(wrong)?;
    let version: i64 = version.parse().map_err(|_| wrong())?;
    let time = strtime::parse("%m/%d/%Y %H:%M:%S", time).and_then(|time| time.to_datetime());
    let time = time.and_then(|time| TimeZone::UTC.to_timestamp(time)).map_err(|_| wrong())?;
    let age = now - time.as_microsecond();
    // The time of a stamp has no fractions of a second.
    let is_foreign = began <= now && time.as_second() < began.div_euclid(1_000_000);
    if version > current || is_foreign || age > DAYS * MICROSECONDS_A_DAY {
        let message = "Version stamp associated with the client has expired. Please perform a full sync.";
        return Err(Refusal::new(StatusCode::BAD_REQUEST, "0x80044352", message));
    }
    Ok(version)
}
