//! The system views of a new database: those that Microsoft's pages and samples execute.

use super::EmulatorError;
use super::seed::record;
use crate::session::Session;

/// Name, id, table and FetchXML of a view. The ids are those of every org.
const VIEWS: [(&str, &str, &str, &str); 2] = [
    (
        "Active Accounts",
        "00000000-0000-0000-00aa-000010001002",
        "account",
        "<fetch version=\"1.0\" output-format=\"xml-platform\" mapping=\"logical\"><entity name=\"account\">\
         <attribute name=\"accountid\" /><attribute name=\"name\" /><attribute name=\"primarycontactid\" />\
         <attribute name=\"telephone1\" /><attribute name=\"address1_city\" /><order attribute=\"name\" descending=\"false\" />\
         <filter type=\"and\"><condition attribute=\"statecode\" operator=\"eq\" value=\"0\" /></filter></entity></fetch>",
    ),
    (
        "Open Opportunities",
        "00000000-0000-0000-00aa-000010003001",
        "opportunity",
        "<fetch version=\"1.0\" output-format=\"xml-platform\" mapping=\"logical\"><entity name=\"opportunity\">\
         <attribute name=\"opportunityid\" /><attribute name=\"name\" /><attribute name=\"customerid\" />\
         <attribute name=\"estimatedvalue\" /><attribute name=\"estimatedclosedate\" /><order attribute=\"name\" descending=\"false\" />\
         <filter type=\"and\"><condition attribute=\"statecode\" operator=\"eq\" value=\"0\" /></filter></entity></fetch>",
    ),
];

/// Creates the views of the tables in the schema.
pub(super) fn seed(session: &Session<'_>) -> Result<(), EmulatorError> {
    for (name, id, table, fetch) in VIEWS {
        if session.schema.table(table).is_some() && session.schema.table("savedquery").is_some() {
            let texts =
                [("name", name), ("returnedtypecode", table), ("querytype", "0"), ("fetchxml", fetch)];
            record(session, "savedquery", id, &texts)?;
        }
    }
    Ok(())
}
