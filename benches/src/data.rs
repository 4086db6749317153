//! Pages of session events as Dataverse prints them, the same on every run.

use std::fmt::Write;

const FORMATTED: &str = "OData.Community.Display.V1.FormattedValue";

/// Returns a page of this many rows, with all annotations or without.
pub fn page(rows: usize, annotations: bool) -> String {
    let mut out = String::from(
        r#"{"@odata.context":"https://contoso.crm4.dynamics.com/api/data/v9.2/$metadata#msdyn_sessionevents","value":["#,
    );
    for number in 0..rows {
        if number > 0 {
            out.push(',');
        }
        row(number, annotations, &mut out);
    }
    out.push_str("]}");
    out
}

/// One record.
pub fn row(number: usize, annotations: bool, out: &mut String) {
    let n = number as u64;
    let id = |kind: u64, of: u64| {
        format!("{:08x}-{kind:04x}-4111-8111-{:012x}", of * 2_654_435_761 % 0xffff_ffff, of)
    };
    let time = format!("2026-03-{:02}T{:02}:{:02}:{:02}Z", 1 + n % 28, n % 24, n % 60, n * 7 % 60);
    let shown = format!("3/{}/2026 {}:{:02} AM", 1 + n % 28, 1 + n % 12, n % 60);
    let mut row = Row { out, annotations, first: true };
    row.out.push('{');
    row.raw("@odata.etag", &format!("\"W/\\\"{}\\\"\"", 1_000_000 + n));
    row.raw("msdyn_sessioneventid", &format!("\"{}\"", id(1, n)));
    row.raw("msdyn_name", &format!("\"Event {n} of a session\""));
    row.shown(
        "msdyn_eventtype",
        &(192_350_000 + n % 6).to_string(),
        ["Default", "QueueAssigned", "AgentAccepted", "SessionEnd", "SessionCreated", "AgentRejected"]
            [(n % 6) as usize],
    );
    row.shown("msdyn_eventreason", &(192_350_000 + n % 3).to_string(), "Customer");
    row.raw("msdyn_eventinfo", "null");
    row.shown("msdyn_eventtime", &format!("\"{time}\""), &shown);
    row.shown("statecode", "0", "Active");
    row.shown("statuscode", "1", "Active");
    row.shown("createdon", &format!("\"{time}\""), &shown);
    row.shown("modifiedon", &format!("\"{time}\""), &shown);
    row.raw("overriddencreatedon", "null");
    row.raw("importsequencenumber", "null");
    row.shown("timezoneruleversionnumber", "4", "4");
    row.raw("utcconversiontimezonecode", "null");
    row.shown("versionnumber", &(1_000_000 + n).to_string(), "1,000,000");
    row.lookup("msdyn_omnichannelsession", &id(2, n / 8), "Chat about an invoice", "msdyn_ocsession", true);
    row.lookup("ownerid", &id(3, n % 40), "Ana Ruiz Gómez", "systemuser", true);
    row.lookup("owninguser", &id(3, n % 40), "Ana Ruiz Gómez", "systemuser", false);
    row.lookup("owningbusinessunit", &id(4, 1), "contoso", "businessunit", true);
    row.raw("_owningteam_value", "null");
    row.lookup("createdby", &id(3, n % 40), "Ana Ruiz Gómez", "systemuser", false);
    row.raw("_createdonbehalfby_value", "null");
    row.lookup("modifiedby", &id(3, n % 40), "Ana Ruiz Gómez", "systemuser", false);
    row.raw("_modifiedonbehalfby_value", "null");
    row.out.push('}');
}

struct Row<'o> {
    out: &'o mut String,
    annotations: bool,
    first: bool,
}

impl Row<'_> {
    fn raw(&mut self, name: &str, value: &str) {
        if !self.first {
            self.out.push(',');
        }
        self.first = false;
        let _ = write!(self.out, "\"{name}\":{value}");
    }

    fn shown(&mut self, name: &str, value: &str, text: &str) {
        if self.annotations {
            self.raw(&format!("{name}@{FORMATTED}"), &format!("\"{text}\""));
        }
        self.raw(name, value);
    }

    fn lookup(&mut self, column: &str, id: &str, name: &str, table: &str, navigation: bool) {
        let property = format!("_{column}_value");
        if self.annotations {
            self.raw(&format!("{property}@{FORMATTED}"), &format!("\"{name}\""));
            if navigation {
                let annotation = "Microsoft.Dynamics.CRM.associatednavigationproperty";
                self.raw(&format!("{property}@{annotation}"), &format!("\"{column}\""));
            }
            self.raw(
                &format!("{property}@Microsoft.Dynamics.CRM.lookuplogicalname"),
                &format!("\"{table}\""),
            );
        }
        self.raw(&property, &format!("\"{id}\""));
    }
}
