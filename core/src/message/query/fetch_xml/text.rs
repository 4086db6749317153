//! The text of a FetchXML query: its checks, and the text of the next page.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer, XmlVersion};

/// A page after the first.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NextPage {
    pub(super) number: u32,
    /// The paging cookie, decoded; `None` if the server sent none.
    pub(super) cookie: Option<String>,
}

/// Returns the query that asks for a page, after checking that it is one `fetch` of this table.
pub(super) fn paged_text(query: &str, table: &str, next: Option<&NextPage>) -> Result<String, String> {
    let mut reader = Reader::from_str(query);
    let mut writer = Writer::new(Vec::new());
    let (mut depth, mut fetches, mut entities) = (0u32, 0, 0);
    loop {
        let event = reader.read_event().map_err(|error| format!("it is not XML: {error}"))?;
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                let is_empty = matches!(event, Event::Empty(_));
                match (depth, element.name().as_ref()) {
                    (0, "fetch") => fetches += 1,
                    (0, _) => return Err("its root is not `fetch`".to_owned()),
                    (1, "entity") => {
                        entities += 1;
                        check_entity(element, table)?;
                    }
                    _ => {}
                }
                let written = match next {
                    Some(next) if depth == 0 => paged_root(element, next)?,
                    _ => element.clone(),
                };
                let event = if is_empty { Event::Empty(written) } else { Event::Start(written) };
                writer.write_event(event).map_err(|error| error.to_string())?;
                depth += u32::from(!is_empty);
                continue;
            }
            Event::End(_) => depth = depth.saturating_sub(1),
            Event::Eof => break,
            _ => {}
        }
        writer.write_event(event).map_err(|error| error.to_string())?;
    }
    if depth > 0 || fetches != 1 || entities != 1 {
        return Err("it is not one `fetch` with one `entity`".to_owned());
    }
    String::from_utf8(writer.into_inner()).map_err(|error| error.to_string())
}

/// Returns the root with another page and cookie.
fn paged_root<'x>(root: &BytesStart<'x>, next: &NextPage) -> Result<BytesStart<'x>, String> {
    let mut paged = BytesStart::new("fetch");
    for attribute in attributes(root)? {
        if !matches!(attribute.key.as_ref(), "page" | "paging-cookie") {
            paged.push_attribute(attribute);
        }
    }
    paged.push_attribute(("page", next.number.to_string().as_str()));
    if let Some(cookie) = &next.cookie {
        paged.push_attribute(("paging-cookie", cookie.as_str()));
    }
    Ok(paged)
}

/// Returns an attribute of the root, if the query has it.
pub(super) fn root_attribute(query: &str, name: &str) -> Option<String> {
    let mut reader = Reader::from_str(query);
    loop {
        match reader.read_event().ok()? {
            Event::Start(root) | Event::Empty(root) => {
                return value(&root.try_get_attribute(name).ok()??).ok();
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

pub(super) fn attributes<'a>(element: &'a BytesStart<'_>) -> Result<Vec<Attribute<'a>>, String> {
    element.attributes().collect::<Result<_, _>>().map_err(|error| format!("it is not XML: {error}"))
}

pub(super) fn value(attribute: &Attribute<'_>) -> Result<String, String> {
    attribute
        .normalized_value(XmlVersion::Implicit1_0)
        .map(Cow::into_owned)
        .map_err(|error| format!("it is not XML: {error}"))
}

fn check_entity(element: &BytesStart<'_>, table: &str) -> Result<(), String> {
    for attribute in attributes(element)? {
        if attribute.key.as_ref() == "name" {
            let name = value(&attribute)?;
            if name != table {
                return Err(format!("it queries `{name}`, but the struct reads `{table}`"));
            }
            return Ok(());
        }
    }
    Err("its entity has no name".to_owned())
}

/// Returns the page and the cookie in the annotation `fetchxmlpagingcookie`: an XML element whose attribute
/// holds the cookie, percent-encoded twice.
pub(super) fn cookie_of(annotation: &str) -> Option<(Option<u32>, String)> {
    let mut reader = Reader::from_str(annotation);
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) | Event::Empty(element) => {
                let cookie = value(&element.try_get_attribute("pagingcookie").ok()??).ok()?;
                let once = percent_decode_str(&cookie).decode_utf8().ok()?;
                let twice = percent_decode_str(&once).decode_utf8().ok()?.into_owned();
                if twice.trim().is_empty() {
                    return None;
                }
                let number = element.try_get_attribute("pagenumber").ok().flatten();
                let number = number.and_then(|number| value(&number).ok()?.trim().parse().ok());
                return Some((number, twice));
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}
