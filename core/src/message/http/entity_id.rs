//! Reads the id from the URL of a record that an answer names.

use std::borrow::Cow;

use uuid::Uuid;

/// Returns the id of the record that a URL names: `…/set(guid)`, `…/set(key=guid)`, or in an elastic table
/// `…/set(key=guid,partitionid='X')`, with its parts in any order.
///
/// Returns `None` if the URL names the record by an alternate key. A bare GUID is always the primary key,
/// because no alternate key has a column of GUIDs: a lookup in a key has the property `_name_value`, and a
/// text is quoted.
pub(super) fn entity_id(url: &str) -> Option<Uuid> {
    let url = decoded(url.trim());
    // A quoted text may hold anything, even a parenthesis. So the predicate is the last one outside of
    // quotes.
    let parts = key_parts(predicate(&url)?);
    let is_key = |name: Option<&str>| name.is_none_or(|name| !is_lookup_property(name));
    let (named, bare): (Vec<_>, Vec<_>) =
        parts.into_iter().partition(|part| name_and_value(part).0.is_some());
    match (named.is_empty(), bare.as_slice()) {
        (_, [only]) => guid(only.trim().trim_matches('\'')),
        (false, _) => {
            let ids = named.into_iter().map(name_and_value).filter(|(name, _)| is_key(*name));
            ids.map(|(_, value)| value).find_map(guid)
        }
        _ => None,
    }
}

/// Returns the text in the parentheses of the last segment that has any.
fn predicate(url: &str) -> Option<&str> {
    let (mut quoted, mut open, mut found) = (false, None, None);
    for (index, character) in url.char_indices() {
        match character {
            '\'' => quoted = !quoted,
            '(' if !quoted => open = Some(index + 1),
            ')' if !quoted => found = open.take().and_then(|open| url.get(open..index)).or(found),
            // The path ends here.
            '?' | '#' if !quoted => break,
            _ => {}
        }
    }
    found
}

/// Splits a key into its parts, at the commas outside of quotes.
fn key_parts(predicate: &str) -> Vec<&str> {
    let mut quoted = false;
    let separates = move |character| {
        quoted ^= character == '\'';
        character == ',' && !quoted
    };
    predicate.split(separates).collect()
}

/// Splits `name=value`. An `=` in quotes belongs to the value.
fn name_and_value(part: &str) -> (Option<&str>, &str) {
    match part.split_once('=') {
        Some((name, value)) if !name.contains('\'') => (Some(name.trim()), value),
        _ => (None, part),
    }
}

fn is_lookup_property(name: &str) -> bool {
    name.starts_with('_') && name.ends_with("_value")
}

fn guid(text: &str) -> Option<Uuid> {
    Uuid::parse_str(text.trim()).ok()
}

/// Decodes percent-encoding. A `%` that does not encode a byte stays as it is.
fn decoded(url: &str) -> Cow<'_, str> {
    if !url.contains('%') {
        return Cow::Borrowed(url);
    }
    let (mut bytes, mut rest) = (Vec::with_capacity(url.len()), url.as_bytes());
    while let [first, tail @ ..] = rest {
        let hex = |digit: &u8| char::from(*digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let byte = match (first, tail) {
            (b'%', [high, low, ..]) => hex(high).zip(hex(low)).map(|(high, low)| high * 16 + low),
            _ => None,
        };
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(url), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::entity_id;

    const ID: &str = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";

    /// The first forms are those of use-elastic-tables (the sample of a create), create-entity-web-api and
    /// use-alternate-key-reference-record. OData's grammar of a key predicate allows the others.
    #[test]
    fn every_form_of_a_primary_key_is_the_id() {
        let root = "https://org.crm.dynamics.com/api/data/v9.2";
        for form in [
            "contoso_sensordatas(ID)",
            "contoso_sensordatas(contoso_sensordataid=ID,partitionid='deviceid-001')",
            "contoso_sensordatas(contoso_sensordataid=ID,partitionId='deviceid-001')",
            "contoso_sensordatas(partitionid='deviceid-001',contoso_sensordataid=ID)",
            "contoso_sensordatas(contoso_sensordataid=ID, partitionid = 'deviceid-001')",
            "contoso_sensordatas(contoso_sensordataid=ID,partitionid=null)",
            "contoso_sensordatas(contoso_sensordataid=ID,partitionid='a,b=(c)''d')",
            "contoso_sensordatas(contoso_sensordataid=ID,partitionid='0d2c7a10-1111-4111-8111-111111111111')",
            "contoso_sensordatas(contoso_sensordataid%3DID%2Cpartitionid%3D%27a%2Fb%27)",
            "accounts(accountid=ID)",
            "accounts('ID')",
            "accounts({ID})",
            "accounts( ID )",
            "accounts(ID)/",
            "accounts(ID)/Microsoft.Dynamics.CRM.account",
            "accounts(ID)?$select=name",
            "accounts%28ID%29",
        ] {
            let url = format!("{root}/{}", form.replace("ID", ID));
            assert_eq!(entity_id(&url).map(|id| id.to_string()).as_deref(), Some(ID), "{url}");
            assert!(entity_id(&url.to_uppercase()).is_some(), "{url}");
        }
    }

    #[test]
    fn an_alternate_key_is_no_id() {
        for form in [
            "accounts(accountnumber='ID')",
            "accounts(accountnumber='ID',name='a')",
            "accounts(_primarycontactid_value=ID)",
            "accounts(_primarycontactid_value=ID,name='x')",
            "accounts(accountnumber='(ID)')",
            "accounts(accountnumber='a,accountid=ID')",
            "accounts",
            "accounts()",
            "accounts(",
            "",
        ] {
            let url = format!("https://org.crm.dynamics.com/api/data/v9.2/{}", form.replace("ID", ID));
            assert_eq!(entity_id(&url), None, "{url}");
        }
    }
}
