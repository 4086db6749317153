//! Reads a page into columns with `arrow-json`. A page is one document to it, with the list `value` of structs.

use std::sync::{Arc, LazyLock};

use arrow_array::cast::AsArray;
use arrow_array::{RecordBatch, StructArray};
use arrow_json::{LineDelimitedWriter, ReaderBuilder};
use arrow_schema::{DataType, Field, Schema};
use serde_json::Deserializer;

use crate::by_hand::Event;

static SCHEMA: LazyLock<Arc<Schema>> = LazyLock::new(|| {
    let row = Field::new_struct("item", Event::<String, String>::columns(), false);
    Arc::new(Schema::new(vec![Field::new_list("value", row, false)]))
});

/// Reads the columns of the rows.
///
/// # Panics
///
/// Panics if this is no page.
pub fn read(page: &[u8]) -> StructArray {
    let mut pages = ReaderBuilder::new(SCHEMA.clone()).with_batch_size(1).build(page).expect("a schema");
    let page = pages.next().expect("a document").expect("a page");
    page["value"].as_list::<i32>().value(0).as_struct().clone()
}

/// Converts the columns to the struct that was written by hand, to compare them.
///
/// # Panics
///
/// Panics if they are not those of the struct.
pub fn events(rows: StructArray) -> Vec<Event> {
    let mut lines = LineDelimitedWriter::new(Vec::new());
    lines.write(&RecordBatch::from(rows)).expect("memory");
    let events = Deserializer::from_slice(&lines.into_inner()).into_iter().collect::<Result<_, _>>();
    events.expect("the columns of an event")
}

/// A type of a field, as a column.
pub trait Column {
    const TYPE: DataType;
    const NULLABLE: bool = false;

    fn column(name: &str) -> Field {
        Field::new(name, Self::TYPE, Self::NULLABLE)
    }
}

impl Column for String {
    const TYPE: DataType = DataType::Utf8;
}

impl Column for i32 {
    const TYPE: DataType = DataType::Int32;
}

impl Column for i64 {
    const TYPE: DataType = DataType::Int64;
}

impl<T: Column> Column for Option<T> {
    const TYPE: DataType = T::TYPE;
    const NULLABLE: bool = true;
}
