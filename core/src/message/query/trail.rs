//! Notices when a server's links lead in a circle.

use http::StatusCode;

use crate::message::http::Error;

/// The way from page to page, by Brent's algorithm: it holds one earlier link, replaced after 1, 2, 4, 8, …
/// steps. A circle is noticed within three times the steps that lead into it and once around.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Trail {
    steps: u64,
    mark: Option<String>,
    is_circle: bool,
}

impl Trail {
    /// Returns the trail after one more link.
    pub(crate) fn followed(&self, link: &str) -> Self {
        let is_circle = self.is_circle || self.mark.as_deref() == Some(link);
        let steps = self.steps.saturating_add(1);
        let mark = if steps.is_power_of_two() { Some(link.to_owned()) } else { self.mark.clone() };
        Self { steps, mark, is_circle }
    }

    /// Returns an error if the trail has reached an earlier link again.
    pub(crate) fn check(&self) -> Result<(), Error> {
        if self.is_circle {
            return Err(Error::unreadable(
                StatusCode::OK,
                "the server's links lead in a circle: the next page was read before; read again from the start, in an \
                 order that no two records share",
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Trail;

    /// Returns the number of steps after which the trail ends.
    fn steps_until_noticed(lead: usize, circle: usize, most: usize) -> Option<usize> {
        let mut trail = Trail::default();
        for step in 0..most {
            let link = if step < lead { step } else { lead + (step - lead) % circle };
            trail = trail.followed(&link.to_string());
            if trail.check().is_err() {
                return Some(step + 1);
            }
        }
        None
    }

    #[test]
    fn a_circle_of_any_length_is_noticed_soon() {
        assert_eq!(steps_until_noticed(0, 1, 10), Some(2));
        for lead in 0..40 {
            for circle in 1..40 {
                let steps = steps_until_noticed(lead, circle, 1000);
                assert!(
                    steps.is_some_and(|steps| steps <= 3 * (lead + circle) + 2),
                    "{lead} {circle} {steps:?}"
                );
            }
        }
    }

    #[test]
    fn links_that_differ_are_no_circle() {
        assert_eq!(steps_until_noticed(10_000, 1, 10_000), None);
    }
}
