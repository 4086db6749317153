//! Figures as Markdown.

/// A figure, measured on both sides in turn.
pub struct Figure {
    pub name: &'static str,
    pub ours: Vec<f64>,
    pub theirs: Vec<f64>,
    pub unit: &'static str,
}

impl Figure {
    pub fn new(name: &'static str, unit: &'static str) -> Self {
        Self { name, ours: Vec::new(), theirs: Vec::new(), unit }
    }

    pub fn put(&mut self, is_ours: bool, value: f64) {
        if is_ours { self.ours.push(value) } else { self.theirs.push(value) }
    }
}

/// Prints ours over theirs: the median of the ratios of all rounds, and the medians of both sides.
pub fn print(figures: &[Figure]) {
    println!("| | ours over theirs | ours | theirs |\n|---|---|---|---|");
    for Figure { name, ours, theirs, unit } in figures {
        let ratios = ours.iter().zip(theirs).map(|(ours, theirs)| ours / theirs).collect();
        let (ours, theirs) = (median(ours.clone()), median(theirs.clone()));
        println!("| {name} | {:.2} | {ours:.1} {unit} | {theirs:.1} {unit} |", median(ratios));
    }
}

pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
