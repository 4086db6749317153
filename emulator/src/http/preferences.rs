//! The `Prefer` headers of a request.

/// The preferences of a request.
#[derive(Debug, Clone, Default)]
pub(crate) struct Preferences {
    pub(crate) representation: bool,
    /// The patterns of `odata.include-annotations`.
    pub(crate) annotations: Vec<String>,
    pub(crate) page_size: Option<usize>,
    pub(crate) track_changes: bool,
    pub(crate) continue_on_error: bool,
    /// Whether answers write decimals and 64-bit integers as texts, which the header `Accept` asks for.
    pub(crate) numbers_as_text: bool,
    /// Whether the caller accepts a later answer, from a background operation.
    pub(crate) respond_async: bool,
}

impl Preferences {
    /// Reads one header's text.
    pub(crate) fn add(&mut self, header: &str) {
        for part in split_preferences(header) {
            let (name, value) =
                part.split_once('=').map_or((part, ""), |(name, value)| (name.trim(), value.trim()));
            let value = value.trim_matches('"');
            match name.to_ascii_lowercase().as_str() {
                "return" => self.representation = value.eq_ignore_ascii_case("representation"),
                "odata.include-annotations" => {
                    self.annotations = value.split(',').map(|each| each.trim().to_owned()).collect();
                }
                // No page is larger than 5,000 rows.
                "odata.maxpagesize" => {
                    self.page_size = value.parse().ok().map(|size: usize| size.clamp(1, 5000))
                }
                "odata.track-changes" => self.track_changes = true,
                "respond-async" => self.respond_async = true,
                "odata.continue-on-error" => self.continue_on_error = !value.eq_ignore_ascii_case("false"),
                _ => {}
            }
        }
    }

    /// Returns whether the patterns include this annotation.
    pub(crate) fn wants(&self, annotation: &str) -> bool {
        self.annotations.iter().any(|pattern| match pattern.strip_suffix('*') {
            Some(start) => annotation.starts_with(start),
            None => pattern == annotation,
        })
    }

    /// Returns the value of the header `Preference-Applied`.
    pub(crate) fn applied(&self) -> Option<String> {
        let mut all = Vec::new();
        if self.representation {
            all.push("return=representation".to_owned());
        }
        if !self.annotations.is_empty() {
            all.push(format!("odata.include-annotations=\"{}\"", self.annotations.join(",")));
        }
        if let Some(size) = self.page_size {
            all.push(format!("odata.maxpagesize={size}"));
        }
        if self.track_changes {
            all.push("odata.track-changes".to_owned());
        }
        if self.continue_on_error {
            all.push("odata.continue-on-error".to_owned());
        }
        (!all.is_empty()).then(|| all.join(","))
    }
}

/// Returns the parts between commas and semicolons outside of quotes.
fn split_preferences(header: &str) -> Vec<&str> {
    let mut quoted = false;
    header
        .split(move |each: char| {
            quoted ^= each == '"';
            !quoted && (each == ',' || each == ';')
        })
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}
