//! How a name sounds, roughly: what its spellings in Latin and Cyrillic letters have in common.

/// How the Latin letters of a name are read: the same letters say other sounds in English and French than in German.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    Western,
    German,
}

/// Whether a name has letters of the Cyrillic script.
pub(crate) fn is_cyrillic(name: &str) -> bool {
    name.chars().any(|c| matches!(c, '\u{400}'..='\u{52f}'))
}

/// The consonants of every word in order, a mark for a vowel at its beginning, and its last vowel. "Емманюель Макрон" and
/// "Emmanuel Macron" → "amnl mkrn".
pub(crate) fn sound(name: &str, reading: Reading) -> String {
    let mut out = String::with_capacity(name.len());
    for word in name.to_lowercase().split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | 'ʼ')) {
        if word.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        let letters: Vec<char> = word.chars().filter(|c| c.is_alphanumeric()).collect();
        if letters.iter().any(|c| matches!(c, '\u{400}'..='\u{52f}')) {
            cyrillic(&letters, &mut out)
        } else {
            latin(&letters, reading, &mut out)
        }
    }
    out
}

fn push(out: &mut String, sound: char) {
    if !out.ends_with(sound) {
        out.push(sound);
    }
}

fn ending(out: &mut String, vowel: Option<char>) {
    out.extend(vowel);
}

fn cyrillic(letters: &[char], out: &mut String) {
    for (at, c) in letters.iter().enumerate() {
        let sound = match c {
            'а' | 'е' | 'є' | 'и' | 'і' | 'ї' | 'о' | 'у' | 'ю' | 'я' | 'й' | 'ё' | 'э' | 'ы' => {
                if at == 0 {
                    out.push('a');
                }
                continue;
            }
            'ь' | 'ъ' => continue,
            'д' if letters.get(at + 1) == Some(&'ж') => continue,
            'б' => 'b',
            'в' | 'ф' => 'f',
            'г' | 'ґ' | 'х' | 'к' => 'k',
            'д' => 'd',
            'т' => 't',
            'з' | 'с' | 'ц' => 's',
            'ж' | 'ш' | 'щ' | 'ч' => 'z',
            'л' => 'l',
            'м' => 'm',
            'н' => 'n',
            'п' => 'p',
            'р' => 'r',
            other => *other,
        };
        push(out, sound);
    }
    let last = match letters.last() {
        Some('а' | 'я') => Some('a'),
        Some('о' | 'ё') => Some('o'),
        Some('і' | 'ї' | 'и' | 'й') => Some('i'),
        Some('у' | 'ю') => Some('u'),
        _ => None,
    };
    ending(out, last.filter(|_| letters.len() > 1));
}

fn latin(letters: &[char], reading: Reading, out: &mut String) {
    let western = reading == Reading::Western;
    let plain: Vec<char> = letters.iter().map(|c| bare(*c)).collect();
    let starts = |at: usize, text: &str| text.chars().enumerate().all(|(i, c)| plain.get(at + i) == Some(&c));
    let mut at = 0;
    while at < plain.len() {
        let c = plain[at];
        let soft = plain.get(at + 1).is_some_and(|next| matches!(next, 'e' | 'i' | 'y'));
        let (sounds, used): (&str, usize) = if starts(at, "tsch") || starts(at, "dsch") || starts(at, "shch") {
            ("z", 4)
        } else if starts(at, "sch") || starts(at, "tch") || starts(at, "dzh") {
            ("z", 3)
        } else if starts(at, "sh") || starts(at, "zh") || starts(at, "cz") {
            ("z", 2)
        } else if starts(at, "ch") {
            (if western { "z" } else { "k" }, 2)
        } else if starts(at, "kh") || starts(at, "gh") || starts(at, "ck") {
            ("k", 2)
        } else if starts(at, "ph") {
            ("f", 2)
        } else if starts(at, "th") {
            ("t", 2)
        } else if starts(at, "ts") || starts(at, "tz") {
            ("s", 2)
        } else if starts(at, "qu") {
            ("kf", 2)
        } else {
            let sounds = match c {
                'a' | 'e' | 'i' | 'o' | 'u' | 'y' => {
                    if at == 0 {
                        "a"
                    } else {
                        ""
                    }
                }
                'j' => {
                    if western {
                        "z"
                    } else if at == 0 {
                        "a"
                    } else {
                        ""
                    }
                }
                // Between vowels it is heard: "Johann", not "John".
                'h' => {
                    let vowel = |at: usize| matches!(plain.get(at), Some('a' | 'e' | 'i' | 'o' | 'u' | 'y'));
                    if at == 0 || vowel(at - 1) && vowel(at + 1) { "k" } else { "" }
                }
                'c' if soft => "s",
                'g' if soft && western => "z",
                'c' | 'g' | 'k' | 'q' => "k",
                'v' | 'w' | 'f' => "f",
                's' | 'z' => "s",
                'x' => "ks",
                'š' | 'ž' | 'č' | 'ć' | 'ş' => "z",
                'b' => "b",
                'd' => "d",
                't' => "t",
                'l' => "l",
                'm' => "m",
                'n' => "n",
                'p' => "p",
                'r' => "r",
                other => {
                    push(out, other);
                    ""
                }
            };
            (sounds, 1)
        };
        sounds.chars().for_each(|sound| push(out, sound));
        at += used;
    }
    let last = match plain.last() {
        Some('a') => Some('a'),
        Some('o') => Some('o'),
        Some('i' | 'y') => Some('i'),
        Some('u') => Some('u'),
        _ => None,
    };
    ending(out, last.filter(|_| plain.len() > 1));
}

/// A letter without its marks; those that make another sound keep them.
fn bare(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ą' => 'a',
        'é' | 'è' | 'ê' | 'ë' | 'ę' | 'ě' => 'e',
        'í' | 'ì' | 'î' | 'ï' | 'ı' => 'i',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ő' => 'o',
        'ú' | 'ù' | 'û' | 'ü' | 'ů' | 'ű' => 'u',
        'ý' | 'ÿ' => 'y',
        'ç' => 's',
        'ñ' | 'ń' | 'ň' => 'n',
        'ł' => 'l',
        'ß' | 'ś' | 'ź' | 'ż' => 's',
        'ř' => 'r',
        'ť' => 't',
        'ď' => 'd',
        'ğ' => 'g',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_two_alphabets_sound_alike() {
        let west = |name| sound(name, Reading::Western);
        assert_eq!(west("Емманюель Макрон"), west("Emmanuel Macron"));
        assert_eq!(west("Володимир Зеленський"), west("Volodymyr Zelensky"));
        assert_eq!(west("Кір Стармер"), west("Keir Starmer"));
        assert_eq!(west("Борис Джонсон"), west("Boris Johnson"));
        assert_eq!(west("Олаф Шольц"), west("Olaf Scholz"));
        assert_ne!(west("Марія Левченко"), west("Mario Levchenko"));
        assert_eq!(sound("Йоганн Вадефуль", Reading::German), sound("Johann Wadephul", Reading::German));
    }
}
