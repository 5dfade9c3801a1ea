//! Addresses that a command line names.

use crate::output::WrongUse;
use std::{fmt, net::IpAddr};
use ureq::http::Uri;

/// An address that was checked. Its query, which may hold secrets, is never shown.
#[derive(Clone)]
pub struct Address(Uri);

impl Address {
    /// Reads an address.
    ///
    /// # Errors
    /// When it is none of the web's, or holds a password.
    pub fn new(text: &str) -> Result<Self, WrongUse> {
        let no_address = || WrongUse("an address begins with https:// or http://".to_owned());
        let uri: Uri = text.parse().map_err(|_| no_address())?;
        let (scheme, authority) = (uri.scheme_str().unwrap_or_default(), uri.authority());
        match authority {
            Some(authority) if authority.as_str().contains('@') => {
                Err(WrongUse("an address with a name and password in it is not used: others would see it".to_owned()))
            }
            Some(_) if matches!(scheme, "http" | "https") => Ok(Self(uri)),
            _ => Err(no_address()),
        }
    }

    /// The same host and query with the path going on; a path that ends so already stays.
    ///
    /// # Errors
    /// When they make no address.
    pub fn below(&self, path: &str) -> Result<Self, WrongUse> {
        let before = self.0.path().trim_end_matches('/');
        if before.ends_with(path) {
            return Ok(self.clone());
        }
        let query = self.0.query().map(|query| format!("?{query}")).unwrap_or_default();
        let (scheme, authority) =
            (self.0.scheme_str().unwrap_or_default(), self.0.authority().map_or("", |host| host.as_str()));
        Self::new(&format!("{scheme}://{authority}{before}{path}{query}"))
    }

    /// The whole of it, for asking.
    pub fn uri(&self) -> &Uri {
        &self.0
    }

    /// Whether nobody on the way can listen: by encryption, or because there is no way.
    pub fn is_private(&self) -> bool {
        self.is_here() || self.is_encrypted()
    }

    /// Whether it is of this machine.
    pub fn is_here(&self) -> bool {
        let host = self.0.host().unwrap_or_default().trim_matches(['[', ']']);
        host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    /// Whether it is asked through TLS.
    pub fn is_encrypted(&self) -> bool {
        self.0.scheme_str() == Some("https")
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (scheme, authority) =
            (self.0.scheme_str().unwrap_or_default(), self.0.authority().map_or("", |host| host.as_str()));
        write!(f, "{scheme}://{authority}{}", self.0.path())
    }
}

#[cfg(test)]
mod tests {
    use super::Address;

    fn address(text: &str) -> Address {
        Address::new(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn an_address_goes_on_and_keeps_its_query_to_itself() {
        for (base, whole) in [
            ("http://localhost:8080/v1", "http://localhost:8080/v1/chat/completions"),
            ("https://host/v1/?version=2", "https://host/v1/chat/completions?version=2"),
            ("https://host/v1/chat/completions", "https://host/v1/chat/completions"),
            ("https://host", "https://host/chat/completions"),
        ] {
            let below = address(base).below("/chat/completions").expect("an address");
            assert_eq!(below.0.to_string(), whole);
            assert!(!below.to_string().contains('?'), "{below}");
        }
    }

    #[test]
    fn only_this_machine_and_encrypted_ways_are_private() {
        for private in ["https://host/", "http://localhost:1/", "http://127.0.0.2/", "http://[::1]:8080/v1"] {
            assert!(address(private).is_private(), "{private}");
        }
        for open in ["http://host/", "http://127.0.0.1.example/", "http://10.0.0.1/", "http://localhost.example/"] {
            assert!(!address(open).is_private(), "{open}");
        }
    }
}
