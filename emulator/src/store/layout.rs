//! The tables and columns of the database.

use rusqlite::Connection;

use crate::schema::{Association, Column, Kind, Schema, Storage, Table};

/// The column of every table that holds the version number of the last change.
pub(crate) const VERSION: &str = "@version";
/// The column of an elastic table that holds the time of the last change, in seconds since 1970.
pub(crate) const CHANGED: &str = "@changed";
/// The columns of a table of pairs.
pub(crate) const PAIRS_FIRST: &str = "first";
pub(crate) const PAIRS_SECOND: &str = "second";

/// Quotes a name for SQL text.
pub(crate) fn quoted(name: &str) -> String {
    let mut quoted = String::with_capacity(name.len() + 2);
    push_quoted(&mut quoted, name);
    quoted
}

/// Adds a quoted name to SQL text.
pub(crate) fn push_quoted(sql: &mut String, name: &str) {
    sql.push('"');
    for (index, part) in name.split('"').enumerate() {
        if index > 0 {
            sql.push_str("\"\"");
        }
        sql.push_str(part);
    }
    sql.push('"');
}

/// Returns the SQL name of a table's records. The prefix separates it from the names of SQLite and of the
/// service.
pub(crate) fn table_name(logical_name: &str) -> String {
    quoted(&format!("t:{logical_name}"))
}

impl Table {
    /// Returns a column of a row in SQL. The primary key of an elastic table is the start of its row id.
    pub(crate) fn sql_column(&self, name: &str, alias: &str) -> String {
        let column = format!("{alias}.{}", quoted(name));
        if self.elastic && name == self.primary_id { format!("substr({column}, 1, 36)") } else { column }
    }
}

/// Returns the SQL name of the pairs of a many-to-many relationship.
pub(crate) fn pairs_name(intersect: &str) -> String {
    quoted(&format!("m:{intersect}"))
}

const OWN_TABLES: &str = r#"
    CREATE TABLE IF NOT EXISTS "@counters" (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
    INSERT OR IGNORE INTO "@counters" VALUES ('version', 1000000);
    CREATE TABLE IF NOT EXISTS "@settings" (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS "@shares" (
        entity TEXT NOT NULL, record TEXT NOT NULL, principal_type TEXT NOT NULL, principal TEXT NOT NULL,
        mask INTEGER NOT NULL, PRIMARY KEY (entity, record, principal)
    ) WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS "@shares_by_principal" ON "@shares" (entity, principal, record);
    CREATE TABLE IF NOT EXISTS "@deleted" (
        entity TEXT NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, since INTEGER NOT NULL
    );
    CREATE INDEX IF NOT EXISTS "@deleted_by_version" ON "@deleted" (entity, version);
    CREATE TABLE IF NOT EXISTS "@definition_writes" (
        id INTEGER PRIMARY KEY, owner TEXT NOT NULL, list TEXT NOT NULL, name TEXT NOT NULL, definition TEXT,
        UNIQUE (owner, list, name)
    );
"#;

/// Creates the missing tables of the service itself. The caller holds a transaction.
pub(crate) fn prepare_service(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(OWN_TABLES)
}

/// Creates the missing tables and columns of the schema. The caller holds a transaction.
pub(crate) fn prepare(connection: &Connection, schema: &Schema) -> rusqlite::Result<()> {
    for table in schema.tables() {
        prepare_table(connection, table)?;
    }
    for association in schema.associations() {
        prepare_pairs(connection, association)?;
    }
    Ok(())
}

/// Returns the logical names of the tables that have records in the database and are not in the schema.
pub(crate) fn tables_beside(connection: &Connection, schema: &Schema) -> rusqlite::Result<Vec<String>> {
    let names: Vec<String> = connection
        .prepare("SELECT substr(name, 3) FROM sqlite_master WHERE type = 'table' AND name LIKE 't:%' ORDER BY name")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut beside = Vec::new();
    for name in names.into_iter().filter(|name| schema.table(name).is_none()) {
        let sql = format!("SELECT EXISTS (SELECT 1 FROM {})", table_name(&name));
        if connection.query_row(&sql, [], |row| row.get(0))? {
            beside.push(name);
        }
    }
    Ok(beside)
}

pub(super) fn prepare_table(connection: &Connection, table: &Table) -> rusqlite::Result<()> {
    let name = table_name(&table.logical_name);
    let known: Vec<String> = connection
        .prepare_cached("SELECT name FROM pragma_table_xinfo(?1)")?
        .query_map([format!("t:{}", table.logical_name)], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let columns = table.stored().filter(|each| each.logical_name != table.primary_id);
    let columns = columns.flat_map(|column| declarations(table, column));
    let changed = table.elastic.then(|| (CHANGED.to_owned(), "INTEGER NOT NULL DEFAULT 0".to_owned()));
    let columns = columns.chain(changed);
    let columns: Vec<(String, String)> = columns.filter(|(column, _)| !known.contains(column)).collect();
    let declared = columns.iter().map(|(column, declaration)| format!("{} {declaration}", quoted(column)));
    if known.is_empty() {
        let mut all = vec![
            r#""@row" INTEGER PRIMARY KEY AUTOINCREMENT"#.to_owned(),
            format!("{} INTEGER NOT NULL", quoted(VERSION)),
            r#""@since" INTEGER NOT NULL"#.to_owned(),
            format!("{} TEXT NOT NULL UNIQUE", quoted(&table.primary_id)),
        ];
        all.extend(declared);
        // The records of a collection are found by their lookup. SQLite reads its whole schema after each
        // statement that changes it, so all indexes are in the declaration of the table. `@row` makes them
        // unique.
        let lookups = table.stored().filter(|each| each.kind.is_lookup());
        let indexed = lookups.map(|each| quoted(&each.logical_name)).chain([quoted(VERSION)]);
        all.extend(indexed.map(|column| format!("UNIQUE ({column}, \"@row\")")));
        connection.execute_batch(&format!("CREATE TABLE {name} ({})", all.join(", ")))?;
    } else {
        for column in declared {
            connection.execute_batch(&format!("ALTER TABLE {name} ADD COLUMN {column}"))?;
        }
        let is_new = |column: &Column| columns.iter().any(|(name, _)| *name == column.logical_name);
        for column in table.stored().filter(|each| each.kind.is_lookup() && is_new(each)) {
            let index = quoted(&format!("l:{}:{}", table.logical_name, column.logical_name));
            let column = quoted(&column.logical_name);
            connection.execute_batch(&format!("CREATE INDEX IF NOT EXISTS {index} ON {name} ({column})"))?;
        }
    }
    for key in &table.keys {
        let index = quoted(&format!("k:{}:{}", table.logical_name, key.name));
        let columns: Vec<String> = key.columns.iter().map(|column| quoted(column)).collect();
        let columns = columns.join(", ");
        connection
            .execute_batch(&format!("CREATE UNIQUE INDEX IF NOT EXISTS {index} ON {name} ({columns})"))?;
    }
    Ok(())
}

/// Returns the SQL columns of a column. A lookup has a second one, for the table that it points to.
pub(super) fn declarations(table: &Table, column: &Column) -> Vec<(String, String)> {
    let name = column.logical_name.clone();
    if let (Kind::Lookup { targets }, [source]) = (&column.kind, column.joined.as_slice()) {
        return part_of_lookup(&name, source, targets);
    }
    if !column.joined.is_empty() {
        return vec![(
            name,
            format!("TEXT COLLATE DATAVERSE GENERATED ALWAYS AS ({}) VIRTUAL", joined(table, column)),
        )];
    }
    let declaration = match column.kind.storage() {
        Storage::Text => "TEXT COLLATE DATAVERSE",
        Storage::Decimal => "TEXT COLLATE DECIMAL",
        Storage::Real => "REAL",
        Storage::Integer | Storage::Flag | Storage::Instant => "INTEGER",
        Storage::Reference => {
            return vec![(name.clone(), "TEXT".to_owned()), (format!("{name}@type"), "TEXT".to_owned())];
        }
        Storage::Date | Storage::Guid | Storage::Base64 | Storage::Options | Storage::None => "TEXT",
    };
    vec![(name, declaration.to_owned())]
}

/// Returns the SQL columns of a lookup that repeats another one for some of its tables, as `accountid` of
/// contacts repeats `parentcustomerid`.
fn part_of_lookup(name: &str, source: &str, targets: &[String]) -> Vec<(String, String)> {
    let kind = quoted(&format!("{source}@type"));
    let targets = targets.iter().map(|target| format!("'{}'", target.replace('\'', "''")));
    let targets = targets.collect::<Vec<_>>().join(", ");
    let repeated = |value: &str| {
        format!("TEXT GENERATED ALWAYS AS (CASE WHEN {kind} IN ({targets}) THEN {value} END) VIRTUAL")
    };
    vec![(name.to_owned(), repeated(&quoted(source))), (format!("{name}@type"), repeated(&kind))]
}

fn joined(table: &Table, column: &Column) -> String {
    let parts = column.joined.iter().filter(|each| table.column(each).is_some_and(Column::is_stored));
    let parts: Vec<String> = parts.map(|each| format!("coalesce({} || ' ', '')", quoted(each))).collect();
    format!("nullif(rtrim({}), '')", if parts.is_empty() { "''".to_owned() } else { parts.join(" || ") })
}

pub(super) fn prepare_pairs(connection: &Connection, association: &Association) -> rusqlite::Result<()> {
    let name = pairs_name(&association.intersect);
    // The depth of a role's privilege is the smallest by default.
    let depth =
        if association.intersect == "roleprivileges" { "depth INTEGER NOT NULL DEFAULT 1," } else { "" };
    connection.execute_batch(&format!(
        "CREATE TABLE IF NOT EXISTS {name} (
            {PAIRS_FIRST} TEXT NOT NULL, {PAIRS_SECOND} TEXT NOT NULL, {depth}
            PRIMARY KEY ({PAIRS_FIRST}, {PAIRS_SECOND}), UNIQUE ({PAIRS_SECOND}, {PAIRS_FIRST})
        ) WITHOUT ROWID"
    ))
}
