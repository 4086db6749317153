//! Pages that resemble those of Dataverse, made from bytes: each byte is a choice, so a fuzzer that changes
//! bytes changes the page.

const ID: &str = "\"6f9619ff-8b86-d011-b42d-00cf4fc964ff\"";

/// The members of a row, with the values that they can have.
const MEMBERS: [(&str, &[&str]); 12] = [
    ("\"@odata.etag\"", &[r#""W/\"1000001\"""#, r#""W/\"1000002\"""#, "null"]),
    ("\"msdyn_sessioneventid\"", &[ID, "\"7f9619ff-8b86-d011-b42d-00cf4fc964f0\"", "\"x\"", "null"]),
    (
        "\"msdyn_name\"",
        &["\"An event\"", "null", r#""tab\tquote\"""#, r#""\u00e9\ud83d\ude00""#, "\"é😀\"", "1"],
    ),
    (
        "\"msdyn_eventtype@OData.Community.Display.V1.FormattedValue\"",
        &["\"Default\"", "\"QueueAssigned\"", "null", "7"],
    ),
    ("\"msdyn_eventtype\"", &["192350000", "192350001", "null", "-0", "1e3", "99999999999", "\"1\""]),
    ("\"statecode\"", &["0", "1", "9"]),
    ("\"createdon\"", &["\"2026-03-02T09:16:44Z\"", "\"2026-03-02T09:16:60Z\"", "\"2026-03-02\"", "null"]),
    (
        "\"_msdyn_omnichannelsession_value@OData.Community.Display.V1.FormattedValue\"",
        &["\"Chat\"", "\"Another chat\"", "\"\""],
    ),
    ("\"_msdyn_omnichannelsession_value\"", &[ID, "null", "[]"]),
    ("\"_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname\"", &["\"systemuser\"", "\"team\"", "\"x\""]),
    ("\"_ownerid_value\"", &[ID, "null", "{\"a\":[1,null]}"]),
    ("\"unknown\"", &["true", "false", "1.50", "[[],{}]", "\"\\ud800\"", "nul", "\"\u{1}\"", "01", ""]),
];

struct Choices<'a>(std::slice::Iter<'a, u8>);

impl Choices<'_> {
    /// Returns a number below `end`, or 0 after the last byte.
    fn below(&mut self, end: usize) -> usize {
        self.0.next().map_or(0, |byte| usize::from(*byte) % end)
    }

    /// Returns whether the unusual is chosen, which happens in one of `cases` cases.
    fn rarely(&mut self, cases: usize) -> bool {
        self.below(cases) == cases - 1
    }
}

/// Makes a page of these choices.
pub fn page(choices: &[u8]) -> Vec<u8> {
    let mut choices = Choices(choices.iter());
    // The fast path learns from rows that repeat.
    let often = |choices: &mut Choices<'_>| {
        let row = row(choices);
        let times = if choices.rarely(4) { 17 } else { 1 };
        std::iter::repeat_n(row, times)
    };
    let rows: Vec<String> = (0..choices.below(6)).flat_map(|_| often(&mut choices)).collect();
    let mut text = match choices.below(8) {
        0 => row(&mut choices),
        1 => format!(
            "{{\"@odata.count\":3,\"value\":[{}],\"@odata.nextLink\":\"https://x/?a\"}}",
            rows.join(",")
        ),
        2 => format!("{{\"value\": [{}]}}\n", rows.join(" ,")),
        3 => format!("{{\"value\":[{}],\"value\":[]}}", rows.join(",")),
        _ => format!("{{\"@odata.context\":\"https://x/$metadata#s\",\"value\":[{}]}}", rows.join(",")),
    }
    .into_bytes();
    // Some pages are broken.
    match choices.below(10) {
        7 => text.truncate(choices.below(256) * text.len() / 256),
        8 => {
            let index = choices.below(256) * text.len() / 256;
            text.insert(index, b" \"\\{}[],:\xff\x000"[choices.below(12)]);
        }
        9 if !text.is_empty() => {
            let index = choices.below(256) * text.len() / 256;
            text.remove(index);
        }
        _ => {}
    }
    text
}

fn row(choices: &mut Choices<'_>) -> String {
    let mut members = Vec::new();
    for (name, values) in MEMBERS {
        if choices.rarely(12) {
            continue;
        }
        let index = if choices.rarely(3) { choices.below(values.len()) } else { 0 };
        let colon = if choices.rarely(30) { " : " } else { ":" };
        members.push(format!("{name}{colon}{}", values[index]));
        if choices.rarely(40) {
            members.push(format!("{name}:{}", values[0]));
        }
    }
    if choices.rarely(10) {
        let (one, other) = (choices.below(members.len().max(1)), choices.below(members.len().max(1)));
        if !members.is_empty() {
            members.swap(one, other);
        }
    }
    if choices.rarely(20) {
        members.push("\"@odata.context\":\"https://x/$metadata#s/$deletedEntity\"".to_owned());
        members.push(format!("\"id\":{ID}"));
    }
    format!("{{{}}}", members.join(","))
}
