//! The struct that a user would write instead: flat, with the same columns, and the names and tables of
//! lookups.

use arrow_schema::Field;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::arrow::Column;

#[derive(Deserialize)]
pub struct Page<E = Event> {
    pub value: Vec<E>,
}

/// The same struct with GUIDs and times parsed, as ours has them.
pub type TypedEvent = Event<uuid::Uuid, jiff::Timestamp>;

macro_rules! event {
    ($($field:ident: $type:ty = $name:literal,)*) => {
        #[derive(Debug, PartialEq, Deserialize)]
        pub struct Event<Id = String, Time = String> {
            $(#[serde(rename = $name)] pub $field: $type,)*
        }

        impl Event {
            /// Picks the columns out of a tree.
            pub fn from_tree(row: &Map<String, Value>) -> Option<Self> {
                Some(Self { $($field: Pick::pick(row.get($name))?,)* })
            }
        }

        impl<Id: Column, Time: Column> Event<Id, Time> {
            /// Returns the fields as columns of a table of Arrow.
            pub fn columns() -> Vec<Field> {
                vec![$(<$type as Column>::column($name)),*]
            }
        }

        impl<Id: ToString, Time: ToString> Event<Id, Time> {
            /// Converts GUIDs and times to texts, to compare them.
            pub fn into_texts(self) -> Event {
                Event { $($field: self.$field.into_text(),)* }
            }
        }
    };
}

event! {
    etag: Option<String> = "@odata.etag",
    id: Id = "msdyn_sessioneventid",
    name: Option<String> = "msdyn_name",
    event_type: Option<i32> = "msdyn_eventtype",
    event_reason: Option<i32> = "msdyn_eventreason",
    event_info: Option<i32> = "msdyn_eventinfo",
    event_time: Option<Time> = "msdyn_eventtime",
    state: Option<i32> = "statecode",
    status: Option<i32> = "statuscode",
    created_on: Option<Time> = "createdon",
    modified_on: Option<Time> = "modifiedon",
    overridden_created_on: Option<Time> = "overriddencreatedon",
    import_sequence_number: Option<i32> = "importsequencenumber",
    time_zone_rule_version_number: Option<i32> = "timezoneruleversionnumber",
    utc_conversion_time_zone_code: Option<i32> = "utcconversiontimezonecode",
    version_number: Option<i64> = "versionnumber",
    session: Option<Id> = "_msdyn_omnichannelsession_value",
    session_name: Option<String> = "_msdyn_omnichannelsession_value@OData.Community.Display.V1.FormattedValue",
    owner: Option<Id> = "_ownerid_value",
    owner_name: Option<String> = "_ownerid_value@OData.Community.Display.V1.FormattedValue",
    owner_type: Option<String> = "_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname",
    owning_user: Option<Id> = "_owninguser_value",
    owning_user_name: Option<String> = "_owninguser_value@OData.Community.Display.V1.FormattedValue",
    owning_business_unit: Option<Id> = "_owningbusinessunit_value",
    owning_business_unit_name: Option<String> = "_owningbusinessunit_value@OData.Community.Display.V1.FormattedValue",
    owning_team: Option<Id> = "_owningteam_value",
    owning_team_name: Option<String> = "_owningteam_value@OData.Community.Display.V1.FormattedValue",
    created_by: Option<Id> = "_createdby_value",
    created_by_name: Option<String> = "_createdby_value@OData.Community.Display.V1.FormattedValue",
    created_on_behalf_by: Option<Id> = "_createdonbehalfby_value",
    created_on_behalf_by_name: Option<String> = "_createdonbehalfby_value@OData.Community.Display.V1.FormattedValue",
    modified_by: Option<Id> = "_modifiedby_value",
    modified_by_name: Option<String> = "_modifiedby_value@OData.Community.Display.V1.FormattedValue",
    modified_on_behalf_by: Option<Id> = "_modifiedonbehalfby_value",
    modified_on_behalf_by_name: Option<String> = "_modifiedonbehalfby_value@OData.Community.Display.V1.FormattedValue",
}

/// Reads the rows from the tree of a page.
pub fn rows_of_tree(page: &Value) -> Option<Vec<Event>> {
    page.get("value")?.as_array()?.iter().map(|row| Event::from_tree(row.as_object()?)).collect()
}

/// Converts a value of a tree to a field. `None` is a value of the wrong type.
trait Pick: Sized {
    fn pick(value: Option<&Value>) -> Option<Self>;
}

impl Pick for String {
    fn pick(value: Option<&Value>) -> Option<Self> {
        value?.as_str().map(str::to_owned)
    }
}

impl Pick for i32 {
    fn pick(value: Option<&Value>) -> Option<Self> {
        value?.as_i64()?.try_into().ok()
    }
}

impl Pick for i64 {
    fn pick(value: Option<&Value>) -> Option<Self> {
        value?.as_i64()
    }
}

impl<T: Pick> Pick for Option<T> {
    fn pick(value: Option<&Value>) -> Option<Self> {
        match value {
            None | Some(Value::Null) => Some(None),
            present => T::pick(present).map(Some),
        }
    }
}

trait IntoText<T> {
    fn into_text(self) -> T;
}

impl<T: ToString> IntoText<String> for T {
    fn into_text(self) -> String {
        self.to_string()
    }
}

impl<T: ToString> IntoText<Option<String>> for Option<T> {
    fn into_text(self) -> Option<String> {
        self.map(|value| value.to_string())
    }
}

impl IntoText<Option<i32>> for Option<i32> {
    fn into_text(self) -> Self {
        self
    }
}

impl IntoText<Option<i64>> for Option<i64> {
    fn into_text(self) -> Self {
        self
    }
}
