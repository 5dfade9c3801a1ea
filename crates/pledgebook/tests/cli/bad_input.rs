use super::{ARTICLE, folder, pledgebook, run, run_with};
use std::{fs, io, path::Path, process};

/// Reads a bad input before a good one, and gives what was said: the good one must be read all the same.
fn said_of(name: &str, content: impl FnOnce(&Path) -> io::Result<()>) -> String {
    let folder = folder();
    content(&folder.path().join(name)).expect("the bad input can be made");
    let run = run(folder.path(), &["read", name, "good.txt", "--format", "jsonl", "--ledger", "l.db"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let ids: Vec<&str> = run.stdout.lines().filter_map(|line| line.split('"').nth(3)).collect();
    assert!(ids.contains(&"good"), "the other file is read: {}", run.stdout);
    let documents = super::run(folder.path(), &["documents", "--ledger", "l.db", "--format", "csv"]);
    assert!(documents.stdout.contains("\ngood,"), "{}{}", documents.stdout, documents.stderr);
    let lines: Vec<String> = run
        .stderr
        .lines()
        .filter(|line| line.contains(name.split('.').next().unwrap_or(name)))
        .map(str::to_owned)
        .collect();
    assert_eq!(lines.len(), 1, "one sentence: {}", run.stderr);
    lines[0].clone()
}

/// More files than are read side by side, several of them bad, of several languages, and one of more bytes than are: all the others are read,
/// in the order of their names.
#[test]
fn bad_files_among_many_leave_the_others_in_their_order() {
    let folder = folder();
    let news = folder.path().join("news");
    fs::create_dir(&news).expect("a folder can be made");
    let mut good = Vec::new();
    for number in 0..50 {
        let text = match number {
            0 | 7 | 8 | 49 => String::new(),
            20 => format!("{ARTICLE}\n\n").repeat(300),
            odd if odd % 2 == 1 => {
                "Norrbo will invest £5 million in a new plant in Leeds, the company said on Monday.".to_owned()
            }
            _ => ARTICLE.to_owned(),
        };
        fs::write(news.join(format!("n{number:02}.txt")), &text).expect("a file can be written");
        good.extend((!text.is_empty()).then(|| format!("n{number:02}")));
    }
    let run = run(folder.path(), &["read", "news", "--format", "jsonl", "--ledger", "l.db"]);
    assert_eq!(run.code, Some(1), "{}", run.stderr);
    let ids: Vec<&str> = run.stdout.lines().filter_map(|line| line.split('"').nth(3)).collect();
    let ids: Vec<&str> = ids.iter().map(|id| id.rsplit('/').next().unwrap_or(id)).collect();
    assert_eq!(ids, good);
    assert_eq!(run.stderr.lines().filter(|line| line.contains("is empty")).count(), 4, "{}", run.stderr);
}

#[test]
fn each_bad_file_is_named_in_one_sentence_and_the_others_are_read() {
    let told = [
        said_of("empty.txt", |path| fs::write(path, "")),
        said_of("blank.txt", |path| fs::write(path, " \n\n")),
        said_of("binary.txt", |path| fs::write(path, (0..=255).cycle().take(9_000).collect::<Vec<u8>>())),
        said_of("paper.txt", |path| fs::write(path, "%PDF-1.7 …")),
        // A sparse file: 200 MB that take no room on the disk.
        said_of("large.txt", |path| fs::File::create(path)?.set_len(200 << 20)),
        said_of("broken.txt", |path| {
            let mut bytes = "L’été à Besançon.\nLe fonds prévoit 5 millions d’euros à l’année.".as_bytes().to_vec();
            bytes.insert(30, 0xff);
            fs::write(path, bytes)
        }),
        said_of("absent.txt", |_| Ok(())),
        said_of("page.html", |path| fs::write(path, "<p>Text</p>")),
        said_of("lines.jsonl", |path| fs::write(path, "{\"text\": \"unfinished")),
        said_of("russian.txt", |path| {
            fs::write(path, "Правительство выделило пять миллиардов рублей на строительство новых заводов в этом году.")
        }),
        said_of("portuguese.jsonl", |path| {
            fs::write(path, "{\"id\": \"portuguese\", \"lang\": \"pt\", \"text\": \"O governo vai investir muito.\"}")
        }),
        said_of("short.txt", |path| fs::write(path, "42")),
    ];
    insta::assert_snapshot!(told.join("\n"), @r"
    error: empty.txt: is empty; there is nothing to read in it
    error: blank.txt: is empty; there is nothing to read in it
    error: binary.txt: is no text but binary data; convert it to text first
    error: paper.txt: is a PDF, not text; convert it to text first
    error: large.txt: is too large for one document: 200 MB, the limit is 64 MB; split it, or give its articles as JSONL
    error: broken.txt: is broken UTF-8: byte 31 (line 2) belongs to no character; save it again as UTF-8
    error: absent.txt: no such file or folder; check the path
    error: page.html: is HTML, which is not read yet; give its text instead
    error: lines.jsonl:1: is no JSON document: EOF while parsing a string at column 20; each line must hold one object
    not read: russian is in a language that is not read (rus); it is kept without claims. Read are: de, en, es, fr, it, uk
    not read: portuguese is in a language that is not read (pt); it is kept without claims. Read are: de, en, es, fr, it, uk
    not read: short is too short to tell its language; name it with --lang
    ");
}

#[test]
fn an_unreadable_file_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let path = folder.path().join("secret.txt");
    fs::write(&path, ARTICLE).expect("written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).expect("closed");
    if fs::read(&path).is_ok() {
        println!("skipped: this user may read everything");
        return;
    }
    let run = run(folder.path(), &["read", "secret.txt", "good.txt"]);
    assert_eq!(run.code, Some(1));
    assert_eq!(run.errors()[0], "error: secret.txt: may not be read; check its permissions");
}

#[test]
fn a_file_that_is_no_ledger_is_left_alone() {
    let folder = folder();
    fs::write(folder.path().join("notes.txt"), ARTICLE).expect("written");
    for arguments in [vec!["read", "good.txt", "--ledger", "notes.txt"], vec!["commitments", "--ledger", "notes.txt"]] {
        let run = run(folder.path(), &arguments);
        assert_eq!(run.code, Some(3), "{}", run.stderr);
        assert_eq!(run.errors(), ["error: notes.txt is not a ledger; name another file with --ledger"]);
    }
    assert_eq!(fs::read_to_string(folder.path().join("notes.txt")).ok().as_deref(), Some(ARTICLE));
}

#[test]
fn a_ledger_of_a_newer_version_and_one_that_is_not_there_are_told() {
    let folder = folder();
    let first = run(folder.path(), &["read", "good.txt", "--ledger", "l.db", "--quiet"]);
    assert_eq!(first.code, Some(0), "{}", first.stderr);
    // SQLite keeps the user version in bytes 60 to 63 of the file's head.
    let path = folder.path().join("l.db");
    let mut bytes = fs::read(&path).expect("read");
    bytes[60..64].copy_from_slice(&9_999u32.to_be_bytes());
    fs::write(&path, bytes).expect("written");
    for arguments in [["documents", "--ledger", "l.db"], ["documents", "--ledger", "none.db"]] {
        let run = run(folder.path(), &arguments);
        assert_eq!(run.code, Some(3), "{}", run.stderr);
        assert_eq!(run.errors().len(), 1, "{}", run.stderr);
        let told = if arguments[2] == "l.db" { "newer pledgebook" } else { "there is no ledger at none.db" };
        assert!(run.stderr.contains(told), "{}", run.stderr);
    }
    assert!(!folder.path().join("none.db").exists(), "asking makes no file");
}

#[test]
fn a_full_disk_is_told_and_leaves_the_ledger_intact() {
    let folder = folder();
    let first = run(folder.path(), &["read", "good.txt", "--ledger", "l.db", "--quiet"]);
    assert_eq!(first.code, Some(0), "{}", first.stderr);
    let before = run(folder.path(), &["documents", "--ledger", "l.db", "--format", "csv"]).stdout;
    let mut lines = String::new();
    for number in 0..400 {
        lines.push_str(&format!(
            "{{\"id\": \"n{number}\", \"text\": {:?}}}\n",
            ARTICLE.replace("Norway", &format!("Norway {number}")).repeat(8)
        ));
    }
    fs::write(folder.path().join("many.jsonl"), lines).expect("written");
    // A limit on the size of files stands for a full disk: the write that goes beyond it fails.
    let script = format!(
        "trap '' XFSZ; ulimit -f 600; exec {} read many.jsonl --ledger l.db --quiet",
        pledgebook().get_program().to_string_lossy()
    );
    let Ok(output) = process::Command::new("sh").args(["-c", &script]).current_dir(folder.path()).output() else {
        println!("skipped: there is no shell to set a limit with");
        return;
    };
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() {
        println!("skipped: the limit on file sizes is not kept here");
        return;
    }
    assert_eq!(output.status.code(), Some(3), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
    let after = run(folder.path(), &["documents", "--ledger", "l.db", "--format", "csv"]);
    assert_eq!(after.code, Some(0), "{}", after.stderr);
    for line in before.lines() {
        assert!(after.stdout.contains(line), "{line} is still there");
    }
}

#[test]
fn wrong_use_has_its_own_code() {
    let folder = folder();
    for arguments in [
        vec!["read"],
        vec!["read", "good.txt", "--published", "yesterday"],
        vec!["mentions", "good.txt", "--kind", "verbs"],
        vec!["mentions", "good.txt", "--format", "csv"],
        vec!["nonsense"],
    ] {
        let run = run(folder.path(), &arguments);
        assert_eq!(run.code, Some(2), "{}", run.stderr);
        assert!(!run.stderr.contains("panicked"));
    }
    run(folder.path(), &["read", "good.txt", "--ledger", "l.db", "--quiet"]);
    for arguments in
        [["show", "ffffffff", "--ledger", "l.db"].as_slice(), &["commitments", "--stage", "dreamt", "--ledger", "l.db"]]
    {
        let run = run(folder.path(), arguments);
        assert_eq!(run.code, Some(2), "{}", run.stderr);
        assert_eq!(run.errors().len(), 1, "{}", run.stderr);
    }
}

#[test]
fn a_closed_pipe_is_quiet() {
    let folder = folder();
    let many: String =
        (0..2_000).map(|n| format!("{{\"id\": \"{n}\", \"lang\": \"en\", \"text\": \"A text.\"}}\n")).collect();
    fs::write(folder.path().join("many.jsonl"), many).expect("written");
    let script =
        format!("{} read many.jsonl --format jsonl 2>errors | head -n 1", pledgebook().get_program().to_string_lossy());
    let Ok(output) = process::Command::new("sh").args(["-c", &script]).current_dir(folder.path()).output() else {
        println!("skipped: there is no shell");
        return;
    };
    assert!(output.status.success());
    assert_eq!(fs::read_to_string(folder.path().join("errors")).expect("read"), "");
}

#[test]
fn standard_input_that_is_no_document_is_named() {
    let folder = folder();
    let run = run_with(folder.path(), &["read", "-"], "");
    assert_eq!(
        (run.code, run.errors()[0]),
        (Some(1), "error: standard input: is empty; there is nothing to read in it")
    );
}
