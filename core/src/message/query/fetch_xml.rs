//! FetchXML: `GET /set?fetchXml=…`.

use core::marker::PhantomData;
use std::borrow::Cow;

use bytes::Bytes;
use http::{Method, Request, Response};
use percent_encoding::percent_decode_str;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer, XmlVersion};

use crate::encode::EncodeError;
use crate::message::http::{Annotations, Error, Organization, Preferences, Reply, RequestBuilder};
use crate::message::message::{Message, Paged};
use crate::message::message_type::message_type;
use crate::record::FromRow;
use crate::{Entity, Page, Projection, Record};

/// Reads the records that a FetchXML query finds as `P`.
///
/// The query is the caller's own text; it is checked to be XML with the table of `P` as its entity, and encoded, no
/// more. Never put text into it that comes from elsewhere without escaping it for XML.
#[must_use = "a message does nothing until it is sent"]
pub struct FetchXml<P> {
    query: String,
    preferences: Preferences,
    next: Option<(u32, String)>,
    projection: PhantomData<fn() -> P>,
}

message_type!(FetchXml<P> where [] { query, preferences, next; skip projection });

impl<P: Projection> FetchXml<P> {
    /// The records that this query finds.
    pub fn new(query: impl Into<String>) -> Self {
        let needed_annotations: &'static [&'static str] =
            &["Microsoft.Dynamics.CRM.fetchxmlpagingcookie", "Microsoft.Dynamics.CRM.morerecords"];
        let preferences = Preferences { needed_annotations, ..Preferences::default() };
        Self { query: query.into(), preferences, next: None, projection: PhantomData }
    }

    /// Asks for annotations, beside those that paging needs.
    pub fn annotations(mut self, annotations: Annotations) -> Self {
        self.preferences.annotations = Some(annotations);
        self
    }

    /// The query with the page that is asked for.
    fn text(&self) -> Result<String, String> {
        let mut reader = Reader::from_str(&self.query);
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
                            check_entity(element, P::Table::METADATA.logical_name)?;
                        }
                        _ => {}
                    }
                    let written = if depth == 0 { self.paged(element)? } else { element.clone() };
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

    /// The root, with its page and its cookie replaced.
    fn paged<'x>(&self, root: &BytesStart<'x>) -> Result<BytesStart<'x>, String> {
        let Some((page, cookie)) = &self.next else { return Ok(root.clone()) };
        let mut paged = BytesStart::new("fetch");
        for attribute in attributes(root)? {
            if !matches!(attribute.key.as_ref(), "page" | "paging-cookie") {
                paged.push_attribute(attribute);
            }
        }
        paged.push_attribute(("page", page.to_string().as_str()));
        paged.push_attribute(("paging-cookie", cookie.as_str()));
        Ok(paged)
    }

    /// The page that the query asks for itself.
    fn first_page(&self) -> Option<u32> {
        let mut reader = Reader::from_str(&self.query);
        loop {
            match reader.read_event().ok()? {
                Event::Start(root) | Event::Empty(root) => {
                    let page = root.try_get_attribute("page").ok()??;
                    return value(&page).ok()?.trim().parse().ok();
                }
                Event::Eof => return None,
                _ => {}
            }
        }
    }
}

fn attributes<'a>(element: &'a BytesStart<'_>) -> Result<Vec<Attribute<'a>>, String> {
    element.attributes().collect::<Result<_, _>>().map_err(|error| format!("it is not XML: {error}"))
}

fn value(attribute: &Attribute<'_>) -> Result<String, String> {
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
                return Err(format!("it queries `{name}`, and the struct reads `{table}`"));
            }
            return Ok(());
        }
    }
    Err("its entity has no name".to_owned())
}

/// The cookie as the next query needs it. The annotation is an XML element with the cookie in an attribute, percent-encoded
/// twice.
fn next_page(annotation: &str) -> Option<(Option<u32>, String)> {
    let mut reader = Reader::from_str(annotation);
    loop {
        match reader.read_event().ok()? {
            Event::Start(element) | Event::Empty(element) => {
                let cookie = value(&element.try_get_attribute("pagingcookie").ok()??).ok()?;
                let once = percent_decode_str(&cookie).decode_utf8().ok()?;
                let twice = percent_decode_str(&once).decode_utf8().ok()?.into_owned();
                let number = element.try_get_attribute("pagenumber").ok().flatten();
                let number = number.and_then(|number| value(&number).ok()?.parse().ok());
                return Some((number, twice));
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

impl<P: Projection + for<'de> FromRow<'de>> Message for FetchXml<P> {
    type Output = Page<P>;

    fn message_name(&self) -> &'static str {
        "RetrieveMultiple"
    }

    fn is_idempotent(&self) -> bool {
        true
    }

    fn request(&self, org: &Organization) -> Result<Request<Bytes>, Error> {
        let table = P::Table::METADATA;
        let query = self.text();
        let query = query.map_err(|problem| {
            EncodeError::new(
                table.logical_name,
                None,
                format!("the FetchXML query cannot be sent: {problem}"),
            )
        })?;
        RequestBuilder::new(org, Method::GET, table.entity_set_name)
            .encoded_option("fetchXml", &query)
            .prefer(&self.preferences)?
            .build()
    }

    fn response(&self, response: Response<Bytes>) -> Result<Page<P>, Error> {
        Reply::accepted(response)?.page()
    }
}

impl<P: Projection + for<'de> FromRow<'de>> Paged for FetchXml<P> {
    type Item = Record<P>;

    fn next(&self, page: &Page<P>) -> Option<Self> {
        if page.info.more_records == Some(false) || page.records.is_empty() {
            return None;
        }
        let (number, cookie) = next_page(page.info.fetch_xml_paging_cookie.as_deref()?)?;
        let current = self.next.as_ref().map(|(page, _)| *page).or_else(|| self.first_page()).unwrap_or(1);
        let mut next = self.clone();
        next.next = Some((number.unwrap_or(current + 1), cookie));
        Some(next)
    }

    fn items(page: Page<P>) -> Vec<Record<P>> {
        page.records
    }
}
