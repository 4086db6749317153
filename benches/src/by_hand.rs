//! What a user would write instead: a flat struct for the same columns, with the names and tables of lookups.

use serde::Deserialize;

#[derive(Deserialize)]
pub struct Page {
    pub value: Vec<Event>,
}

macro_rules! event {
    ($($field:ident: $type:ty = $name:literal,)*) => {
        #[derive(Deserialize)]
        #[expect(dead_code, reason = "reading them is what is measured")]
        pub struct Event {
            $(#[serde(rename = $name, default)] pub $field: $type,)*
        }
    };
}

event! {
    etag: Option<String> = "@odata.etag",
    id: String = "msdyn_sessioneventid",
    name: Option<String> = "msdyn_name",
    event_type: Option<i32> = "msdyn_eventtype",
    event_reason: Option<i32> = "msdyn_eventreason",
    event_info: Option<i32> = "msdyn_eventinfo",
    event_time: Option<String> = "msdyn_eventtime",
    state: Option<i32> = "statecode",
    status: Option<i32> = "statuscode",
    created_on: Option<String> = "createdon",
    modified_on: Option<String> = "modifiedon",
    overridden_created_on: Option<String> = "overriddencreatedon",
    import_sequence_number: Option<i32> = "importsequencenumber",
    time_zone_rule_version_number: Option<i32> = "timezoneruleversionnumber",
    utc_conversion_time_zone_code: Option<i32> = "utcconversiontimezonecode",
    version_number: Option<i64> = "versionnumber",
    session: Option<String> = "_msdyn_omnichannelsession_value",
    session_name: Option<String> = "_msdyn_omnichannelsession_value@OData.Community.Display.V1.FormattedValue",
    owner: Option<String> = "_ownerid_value",
    owner_name: Option<String> = "_ownerid_value@OData.Community.Display.V1.FormattedValue",
    owner_type: Option<String> = "_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname",
    owning_user: Option<String> = "_owninguser_value",
    owning_user_name: Option<String> = "_owninguser_value@OData.Community.Display.V1.FormattedValue",
    owning_business_unit: Option<String> = "_owningbusinessunit_value",
    owning_business_unit_name: Option<String> = "_owningbusinessunit_value@OData.Community.Display.V1.FormattedValue",
    owning_team: Option<String> = "_owningteam_value",
    created_by: Option<String> = "_createdby_value",
    created_by_name: Option<String> = "_createdby_value@OData.Community.Display.V1.FormattedValue",
    created_on_behalf_by: Option<String> = "_createdonbehalfby_value",
    modified_by: Option<String> = "_modifiedby_value",
    modified_by_name: Option<String> = "_modifiedby_value@OData.Community.Display.V1.FormattedValue",
    modified_on_behalf_by: Option<String> = "_modifiedonbehalfby_value",
}
