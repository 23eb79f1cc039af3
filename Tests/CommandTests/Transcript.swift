import Testing

/// A command that must fail, and how.
struct Transcript: CustomTestStringConvertible, Sendable {
    let claim: String
    let code: Int32
    let arguments: [String]

    init(_ claim: String, _ code: Int32, _ arguments: [String]) {
        self.claim = claim
        self.code = code
        self.arguments = arguments
    }

    var testDescription: String { claim }

    static let all = misuse + absent + foreign + unavailable + unwritable + sealed

    static let misuse = [
        Transcript("refuses an unknown option", 64, ["verify", "x", "--frobnicate"]),
        Transcript("refuses an unknown command", 64, ["frobnicate"]),
        Transcript("refuses a missing argument", 64, ["verify", "--node", "@node"]),
        Transcript("refuses a missing option's value", 64, ["verify", "x", "--node"]),
        Transcript(
            "refuses a certificate without its key", 64,
            ["node", "serve", "--node", "@node", "--tls-cert", "chain.pem"]),
        Transcript(
            "refuses one place for two backups", 64,
            ["backup", "--node", "@node", "--to", "@none", "--out", "@o", "--keys-out", "@o"]),
        Transcript(
            "rebuilds from somebody", 64,
            [
                "rebuild", "--keys", "@scrap", "--recovery-key", "@scrap", "--node",
                "@restored",
            ]),
        Transcript("asks for an anchor or a node", 64, ["verify", "@signed/1.json"]),
        Transcript(
            "refuses a country that is no code", 64,
            ["verify", "@signed/1.json", "--for", "Germany", "--node", "@node"]),
        Transcript(
            "refuses a purpose without a country", 64,
            ["verify", "@signed/1.json", "--purpose", "employ", "--node", "@node"]),
        Transcript(
            "refuses an unknown purpose", 64,
            ["verify", "@signed/1.json", "--for", "DE", "--purpose", "x", "--node", "@node"]),
        Transcript(
            "issues awards or statements, not both", 64,
            [
                "issue", "@awards.json", "--statement", "@statement.json", "--node", "@node",
                "--key", "@body.key", "--out", "@out",
            ]),
        Transcript(
            "issues something", 64,
            ["issue", "--node", "@node", "--key", "@body.key", "--out", "@out"]),
        Transcript(
            "issues no statement without a node", 64,
            [
                "issue", "--statement", "@statement.json", "--offline", "--country", "PH",
                "--origin", "a/ph/1", "--key", "@body.key", "--out", "@out",
            ]),
        Transcript(
            "refuses an occupation that is no code", 64,
            ["verify", "@signed/1.json", "--for", "DE", "--occupation", "abc", "--node", "@node"]),
        Transcript(
            "refuses a target qualification that is no id", 64,
            [
                "verify", "@signed/1.json", "--for", "DE", "--target-qualification", "a b",
                "--node", "@node",
            ]),
        Transcript(
            "makes no node of generation 0", 64,
            [
                "node", "init", "--node", "@new", "--country", "PH", "--name", "x", "--origin",
                "a.example/ph/0", "--unsealed",
            ]),
        Transcript(
            "makes no node under another country's name", 64,
            [
                "node", "init", "--node", "@new", "--country", "PH", "--name", "x", "--origin",
                "a.example/de/1", "--unsealed",
            ]),
        Transcript(
            "makes no node of two networks", 64,
            [
                "node", "init", "--node", "@new", "--country", "PH", "--name", "x", "--origin",
                "a.example/b/ph/1", "--unsealed",
            ]),
        Transcript(
            "makes no sample in a network that could be real", 64,
            [
                "node", "init", "--node", "@new", "--country", "PH", "--name", "x", "--origin",
                "registry.org/ph/1", "--unsealed", "--sample",
            ]),
        Transcript(
            "makes no node of a country without a name", 64,
            [
                "node", "init", "--node", "@new", "--country", "PH", "--name", " ", "--origin",
                "a.example/ph/1", "--unsealed",
            ]),
        Transcript(
            "exports ids or a batch, not both", 64,
            [
                "record", "export", String(repeating: "0", count: 32), "--entry", "1", "--node",
                "@node", "--out", "@out",
            ]),
        Transcript(
            "exports no record of another form", 64,
            ["record", "export", "7", "--node", "@node", "--out", "@out"]),
        Transcript(
            "refuses a port that is none", 64,
            ["node", "serve", "--node", "@node", "--port", "65536"]),
        Transcript(
            "refuses an address that is none", 64,
            [
                "peer", "add", "ftp://node.example", "--node", "@node", "--fingerprint",
                "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA",
            ]),
        Transcript(
            "refuses a fingerprint of another form", 64,
            ["peer", "add", "http://127.0.0.1:1", "--fingerprint", "7", "--node", "@node"]),
    ]

    static let absent = [
        Transcript("misses a certificate", 66, ["verify", "@none.json", "--node", "@node"]),
        Transcript(
            "misses a certificate where a folder is", 66,
            ["verify", "@empty-folder", "--node", "@node"]),
        Transcript(
            "misses an anchor", 66, ["verify", "@signed/1.json", "--anchor", "@none.json"]),
        Transcript(
            "misses an anchor where a folder is", 66,
            ["verify", "@signed/1.json", "--anchor", "@empty-folder"]),
        Transcript("misses what to present", 66, ["present", "@none.json"]),
        Transcript(
            "misses an act", 66, ["publish", "file", "@none.json", "--node", "@node"]),
        Transcript(
            "misses awards", 66,
            ["issue", "@none.json", "--node", "@node", "--key", "@body.key", "--out", "@out"]),
        Transcript(
            "misses a document beside the certificate", 66,
            ["verify", "@signed/1.json", "--with", "@none.json", "--node", "@node"]),
        Transcript(
            "misses a statement", 66,
            [
                "issue", "--statement", "@none.json", "--node", "@node", "--key", "@body.key",
                "--out", "@out",
            ]),
        Transcript(
            "misses a key", 66,
            ["issue", "@awards.json", "--node", "@node", "--key", "@none", "--out", "@out"]),
        Transcript("misses a node", 66, ["node", "status", "--node", "@empty-folder"]),
        Transcript("misses a node's folder", 66, ["node", "serve", "--node", "@none"]),
        Transcript("examines no folder without a node", 66, ["doctor", "--node", "@empty-folder"]),
        Transcript(
            "backs up for no key that is not there", 66,
            ["backup", "--node", "@node", "--to", "@none", "--out", "@out"]),
        Transcript(
            "restores with no key that is not there", 66,
            [
                "restore", "@scrap", "--keys", "@scrap", "--recovery-key", "@none", "--node",
                "@restored",
            ]),
        Transcript("misses copies", 66, ["log", "check", "--data", "@none"]),
        Transcript(
            "misses an entry", 66, ["log", "prove", "99999", "--node", "@node"]),
        Transcript(
            "checks no log of a country that is not here", 66,
            ["log", "check", "--node", "@node", "--country", "DE"]),
        Transcript(
            "exports no record that is not here", 66,
            [
                "record", "export", String(repeating: "0", count: 32), "--node", "@node", "--out",
                "@out",
            ]),
        Transcript(
            "exports nothing of an entry that is no batch", 66,
            ["record", "export", "--entry", "1", "--node", "@node", "--out", "@out"]),
    ]

    static let foreign = [
        Transcript(
            "backs up for no key of another role", 77,
            ["backup", "--node", "@node", "--to", "@body.key", "--out", "@out"]),
        Transcript(
            "leaves another program's database alone", 65, ["node", "status", "--node", "@foreign"]),
        Transcript(
            "leaves a file that is no database alone", 65, ["log", "check", "--node", "@scrap"]),
    ]

    static let unavailable = [
        Transcript(
            "names a peer that does not answer", 69,
            [
                "peer", "add", "http://127.0.0.1:1", "--node", "@node", "--fingerprint",
                "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA",
            ])
    ]

    static let unwritable = [
        Transcript(
            "makes no node twice", 73,
            [
                "node", "init", "--node", "@node", "--country", "PH", "--name", "x", "--origin",
                "a/ph/1", "--unsealed",
            ]),
        Transcript(
            "makes no node below a file", 73,
            [
                "node", "init", "--node", "@awards.json/node", "--country", "PH", "--name", "x",
                "--origin", "a/ph/1", "--unsealed",
            ]),
        Transcript(
            "writes no anchor below a file", 73,
            ["node", "anchor", "--node", "@node", "--out", "@awards.json/anchor.json"]),
        Transcript(
            "writes no presentation below a file", 73,
            ["present", "@signed/1.json", "--out", "@awards.json/shown.json"]),
        Transcript(
            "writes no certificates below a file", 73,
            [
                "issue", "@awards.json", "--offline", "--country", "PH", "--origin", "a/ph/1",
                "--key", "@body.key", "--out", "@awards.json/out",
            ]),
        Transcript(
            "signs nothing for a folder with certificates", 73,
            [
                "issue", "@awards.json", "--offline", "--country", "PH", "--origin", "a/ph/1",
                "--key", "@body.key", "--out", "@signed",
            ]),
        Transcript(
            "issues nothing into a folder with certificates", 73,
            [
                "issue", "@awards.json", "--node", "@node", "--key", "@body.key", "--out",
                "@signed",
            ]),
        Transcript(
            "overwrites no key", 73,
            ["key", "new", "body", "--name", "ph.x", "--out", "@body.key", "--unsealed"]),
    ]

    static let sealed = [
        Transcript(
            "refuses a wrong passphrase", 77,
            [
                "request", "--key", "@sealed.key", "--passphrase-file", "@wrong-passphrase",
                "--out", "@request.json", "--node", "@node",
            ]),
        Transcript(
            "asks for a missing passphrase", 77,
            ["request", "--key", "@sealed.key", "--out", "@request.json", "--node", "@node"]),
        Transcript(
            "asks for a passphrase for a new key", 77,
            ["key", "new", "body", "--name", "ph.x", "--out", "@new.key"]),
    ]
}
