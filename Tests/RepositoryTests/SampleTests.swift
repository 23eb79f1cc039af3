import Cryptography
import Encoding
import Registry
import TestSupport
import Testing
import TransparencyLog

/// The sample countries: what they publish is well formed, marked, founded and admitted.
@Suite struct SampleTests {
    private static let countries = [
        "AT", "AU", "BD", "CA", "CH", "DE", "GB", "IE", "IN", "KE", "MY", "NZ", "PH", "SA",
    ]

    @Test func hasTheCorridors() throws {
        let samples = try SampleAct.all()
        #expect(Set(samples.map(\.country)).sorted() == Self.countries)
        let count = Dictionary(grouping: samples, by: \.kind).mapValues(\.count)
        #expect(count["qualification", default: 0] >= 40)
        #expect(count["instrument", default: 0] >= 15)
        #expect(count["regulation", default: 0] >= 15)
        // A country that says nothing of what counts there is no end of a corridor.
        for country in Self.countries {
            let kinds = Set(samples.filter { $0.country == country }.map(\.kind))
            #expect(kinds.isSuperset(of: ["mandate", "qualification", "regulation"]), "\(country)")
        }
    }

    /// Where nobody endorsed a table there is none: the others have their framework and no more.
    @Test func refersTheFrameworksOfEightCountries() throws {
        let samples = try SampleAct.all()
        let frameworks = Dictionary(
            grouping: samples.filter { $0.kind == "framework" }, by: \.country
        ).mapValues { $0.compactMap { $0.act["framework"]?.string } }
        let referred = samples.filter { sample in
            guard sample.kind == "referencing", sample.act["status"]?.string == "endorsed",
                let from = sample.act["from"]?.string
            else { return false }
            return frameworks[sample.country]?.contains(from) == true
        }
        let countries = Set(referred.map(\.country)).sorted()
        #expect(countries == ["AT", "CH", "DE", "GB", "IE", "MY", "NZ", "PH"])
    }

    @Test func keepsTheHolesOfTheIrishTable() throws {
        let table = try SampleAct.all("referencing").first {
            $0.country == "IE" && $0.act["to"]?.string == "fw.nz"
        }
        let rows = try #require(table?.act["rows"]?.array).compactMap(\.object)
        let holes = rows.filter { $0["relation"]?.string == "none" }
        #expect(holes.map { $0["from"] } == [["1"], ["2"]])
        #expect(holes.allSatisfy { $0["to"]?.array == [] })
    }

    @Test(arguments: countries)
    func introducesItself(_ country: String) throws {
        let path = "Nodes/\(country)/node.json"
        let bytes = try Checkout.bytes(of: path)
        let value = try JSONValue(parsing: bytes)
        #expect(Array(value.indented.utf8) == bytes, "\(path) is written as JSONValue does")
        var reader = try MemberReader(value, at: "")
        #expect(try reader.string("x-sample") == SampleAct.mark)
        #expect(try reader.string("country") == country)
        let small = country.lowercased()
        #expect(try reader.string("origin") == "sample.concord.example/\(small)/1")
        #expect(try reader.string("root") == "\(small).root")
        let first = try #require(try SampleAct.all().first { $0.country == country })
        #expect(first.kind == "country")
        #expect(try reader.value("names") == first.act["names"])
        try reader.finish()
    }

    @Test(arguments: try SampleAct.all())
    func saysThatItIsASample(_ sample: SampleAct) throws {
        #expect(sample.act["x-sample"]?.string == SampleAct.mark)
        let bytes = try Checkout.bytes(of: sample.path)
        let indented = try JSONValue(parsing: bytes).indented
        #expect(Array(indented.utf8) == bytes, "written as JSONValue does")
        let name = try #require(sample.path.split(separator: "/").last)
        #expect(name.wholeMatch(of: /\d\d-[a-z0-9-]+\.json/) != nil)
    }

    @Test(arguments: try SampleAct.all().filter { $0.kind != "country" })
    func saysOnWhatItRests(_ sample: SampleAct) throws {
        var act = sample.reader()
        var basis = try act.reader("basis")
        let text = try basis.string("text")
        let confidence = try basis.string("confidence")
        #expect(!text.isEmpty)
        #expect(try !basis.string("source").isEmpty)
        #expect(["verified", "recalled", "constructed"].contains(confidence))
        #expect((confidence == "constructed") == (text == "constructed for this sample"))
        try basis.finish()
    }

    @Test(arguments: countries)
    func isAdmittedInItsOrder(_ country: String) throws {
        var generator = SeededGenerator(seed: 1)
        let samples = try SampleAct.all().filter { $0.country == country }
        let origin = "sample.concord.example/\(country.lowercased())/1"
        func signer(_ name: String) throws -> NoteSigner {
            try NoteSigner(
                name: name, key: SigningKey.generated(using: &generator), algorithm: .ed25519)
        }
        let root = try signer("\(country.lowercased()).root")
        let pin = LogPin(
            origin: origin, root: root.verifier, nextRoot: HashValue(of: "next".utf8))
        var state = LogState(pin: pin)
        let time = try #require(Timestamp(parsing: "2026-11-23T12:00:00Z"))
        var count: UInt64 = 0
        func admit(
            kind: String, by author: NoteSigner, _ subjects: [String], _ act: JSONObject
        ) throws -> Admission {
            let id = Hexadecimal.encode([UInt8].random(count: 16, using: &generator))
            let envelope = Envelope(
                id: id, origin: origin, kind: kind, author: author.verifier.name,
                subjects: subjects)
            let entry = try RegistryEntry(envelope: envelope, act: act, signedBy: [author])
            let admission = Admission.decide(entry, into: state, at: count, time: time)
            state.apply(
                LoggedEntry(entry: entry, index: count, loggedTime: time, isWitnessed: true))
            count += 1
            return admission
        }
        var signers = [root.verifier.name: root]
        for name in Set(samples.map(\.author)).sorted() where signers[name] == nil {
            let authority = try signer(name)
            signers[name] = authority
            let act: JSONObject = [
                "role": "authority", "holder": .string(name),
                "key": .string(authority.verifier.description),
            ]
            #expect(try admit(kind: "key", by: root, [name], act) == .admitted)
        }
        for sample in samples {
            let author = try #require(signers[sample.author])
            let admission = try admit(
                kind: sample.kind, by: author, sample.subjects, sample.act)
            #expect(admission == .admitted, "\(sample.path)")
        }
    }
}
