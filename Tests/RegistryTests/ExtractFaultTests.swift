import Cryptography
import Encoding
import Registry
import TestSupport
import Testing
import TransparencyLog

/// Extracts that lie, and those that do not.
@Suite struct ExtractFaultTests {
    let network: SampleNetwork
    let signer: NoteSigner
    let text: String

    init() throws {
        var network = try SampleNetwork()
        try network.publishList(1)
        try network.ph.withdraw(network.accreditation, by: "tesda")
        try network.refresh()
        self.network = network
        signer = try SampleKeys.signer("hold-a")
        let head = try network.ph.extractHead()
        text =
            Extract(
                folding: [(head, try network.ph.state())], about: SampleNetwork.subjects
            ).text
    }

    private var keys: [NoteKey] { [signer.verifier, network.ph.root.verifier] }

    /// Reads back what was written, and is judged the same.
    private func difference(
        _ text: String, entries: [[UInt8]]? = nil, keys: [NoteKey]? = nil
    ) throws -> ExtractFault.Difference? {
        let note = try SignedNote(text: text, signatures: [signer.sign(text)])
        let fault = ExtractFault(
            note: note, signer: signer.verifier, origin: network.ph.origin,
            entries: entries ?? network.ph.entries.map(\.serialized))
        let proof = FaultProof(.extract(fault))
        let read = try FaultProof(parsing: proof.serialized)
        #expect(read == proof)
        #expect(read.identity == proof.identity)
        switch read.judge(keys: keys ?? self.keys) {
        case .extract(let name, let origin, let difference):
            #expect(name == "hold-a" && origin == network.ph.origin)
            return difference
        default: return nil
        }
    }

    /// The extract with the lines of its acts changed.
    private func changing(_ change: ([JSONValue]) -> [JSONValue]) throws -> String {
        var object = try #require(JSONValue(parsing: text).object)
        var log = try #require(object["logs"]?.array?.first?.object)
        log["acts"] = .array(change(try #require(log["acts"]?.array)))
        object["logs"] = .array([.object(log)])
        return String(decoding: JSONValue.object(object).serialized, as: UTF8.self) + "\n"
    }

    private func index(_ line: JSONValue) -> Int64 { line.object?["index"]?.integer ?? -1 }

    @Test func anHonestExtractProvesNothing() throws {
        #expect(try difference(text) == nil)
    }

    @Test func everyLineThatIsLeftOutIsFound() throws {
        var indexes: [Int64] = []
        _ = try changing { lines in
            indexes = lines.map(index)
            return lines
        }
        #expect(indexes.count >= 8)
        for left in indexes {
            let lie = try changing { lines in lines.filter { index($0) != left } }
            #expect(try difference(lie) == .leftOut(index: UInt64(left)), "entry \(left)")
        }
    }

    @Test func anEndThatIsNotStatedIsFound() throws {
        let lie = try changing { lines in
            lines.map { line in
                guard case .object(var members) = line else { return line }
                members["ended"] = nil
                return .object(members)
            }
        }
        #expect(try difference(lie) == .otherEnd(index: network.accreditation))
        let late = try changing { lines in
            lines.map { line in
                guard case .object(var members) = line, members["ended"] != nil else {
                    return line
                }
                members["from"] = "2027-01-01"
                return .object(members)
            }
        }
        #expect(try difference(late) == .otherEnd(index: network.accreditation))
    }

    @Test func inventedActsAndListsAreFound() throws {
        let batch = HashValue(of: "never made".utf8).hexadecimal
        let lie = try changing { lines in
            lines + [["index": 2, "kind": "accreditation", "act": .string(batch)]]
        }
        #expect(try difference(lie) == .otherEntry(index: 2))
        let beyond = try changing { lines in
            lines + [["index": 999, "kind": "accreditation", "act": .string(batch)]]
        }
        #expect(try difference(beyond) == .otherEntry(index: 999))
        let list = text.replacing("\"number\":1", with: "\"number\":2")
        #expect(list != text)
        #expect(try difference(list) == .inventedList(SampleNetwork.list))
    }

    @Test func aVoidActThatIsListedIsFound() throws {
        var ph = network.ph
        let stranger = try ph.add(
            "mandate", by: ph.root.verifier.name, about: ["thief", "PH"],
            SampleActs.mandate("thief", ["accredit"], scope: ["*"], territory: ["PH"]),
            signedBy: [SampleKeys.signer("thief")])
        try ph.seal(at: SampleNetwork.now)
        let extract = Extract(
            folding: [(try ph.extractHead(), try ph.state())], about: SampleNetwork.subjects)
        let line =
            #"{"index":\#(stranger),"kind":"mandate","act":""#
            + ph.entries[Int(stranger)].identity.hexadecimal + #""}],"lists""#
        let lie = extract.text.replacing("],\"lists\"", with: ",\(line)")
        #expect(lie != extract.text)
        let entries = ph.entries.map(\.serialized)
        #expect(try difference(extract.text, entries: entries) == nil)
        #expect(try difference(lie, entries: entries) == .withoutEffect(index: stranger))
    }

    /// Nobody is framed: not by entries left out, nor by an extract that another key signed.
    @Test func entriesMustLeadToTheStatedRootAndTheSignerMustBeKnown() throws {
        let lie = try changing { lines in Array(lines.dropLast()) }
        #expect(try difference(lie) != nil)
        let entries = network.ph.entries.map(\.serialized)
        #expect(try difference(lie, entries: Array(entries.dropLast())) == nil)
        #expect(try difference(lie, entries: Array(entries.reversed())) == nil)
        #expect(try difference(lie, keys: [network.ph.root.verifier]) == nil)
        #expect(try difference(lie, keys: [signer.verifier]) == nil)
    }

    @Test func oneFaultHasOneIdentity() throws {
        let lie = try changing { lines in Array(lines.dropLast()) }
        let other = try SampleKeys.signer("hold-b")
        let note = try SignedNote(text: lie, signatures: [signer.sign(lie)])
        func identity(_ note: SignedNote) -> HashValue {
            FaultProof(
                .extract(
                    ExtractFault(
                        note: note, signer: signer.verifier, origin: network.ph.origin,
                        entries: network.ph.entries.map(\.serialized)))
            ).identity
        }
        #expect(identity(note) == identity(note.adding(other.sign(lie))))
    }
}
