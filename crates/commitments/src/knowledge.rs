//! What reconciliation knows of the world beside the claims.

use crate::Rates;
use crate::entity::{Names, fold, is_code};
use pledgebook_lexicon::{Data, Error};
use rustc_hash::{FxHashMap, FxHashSet};

/// Names of one entity, places within places, outlets and agencies, rates of exchange. Made once, shared by any number of
/// threads.
#[derive(Debug)]
pub struct Knowledge {
    pub(crate) names: Names,
    pub(crate) rates: Rates,
    /// Folded name of a place to the ISO code of its country.
    towns: FxHashMap<String, String>,
    /// Keys of agencies and outlets: whom a whole story can be from.
    outlets: FxHashSet<String>,
}

impl Knowledge {
    /// Compiles the files of `knowledge/`.
    ///
    /// # Errors
    /// When a data file is wrong, with file and line.
    pub fn load(data: &Data) -> Result<Self, Error> {
        let rates = Rates::embedded(data)?;
        Ok(Self { names: Names::default(), rates, towns: FxHashMap::default(), outlets: FxHashSet::default() })
    }

    /// The rates of exchange.
    pub fn rates(&self) -> &Rates {
        &self.rates
    }

    /// The country that a place lies in, where known; a code is its own country.
    pub(crate) fn country(&self, place: &str) -> Option<String> {
        if is_code(place) { Some(place.to_owned()) } else { self.towns.get(&fold(place)).cloned() }
    }

    /// Whether a source is an agency or outlet.
    pub(crate) fn is_outlet(&self, name: &str) -> bool {
        self.outlets.contains(&self.names.resolve(name, &[]))
    }
}
