import Credentials
import Cryptography
import Encoding
import Foundation
import TestSupport
import Testing

/// The examples in `Protocol/` are what this code makes of the sample award, byte for byte.
@Suite("Examples of the specifications")
struct SpecificationExampleTests {
    func specification(_ name: String) throws -> String {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Protocol/\(name)").standardizedFileURL
        return String(decoding: try Data(contentsOf: file), as: UTF8.self)
    }

    func expect(_ name: String, holds blocks: [String], part: String = "") throws {
        if let folder = ProcessInfo.processInfo.environment["RECORD_EXAMPLES"] {
            let file = URL(filePath: folder).appending(path: name + part)
            try Data(blocks.joined(separator: "\n----\n").utf8).write(to: file)
        }
        let text = try specification(name)
        for (index, block) in blocks.enumerated() {
            #expect(text.contains(block), "block \(index) of \(name)")
        }
    }

    func indented(_ bytes: [UInt8]) throws -> String { try JSONValue(parsing: bytes).indented }

    @Test func ofCredentials() throws {
        var sample = SampleAward(seed: 2026)
        let issued = try sample.issued()
        let file = CredentialFile(
            credential: issued,
            batch: BatchPath(
                origin: "sample.example/PH/1", entryIndex: 18, leafIndex: 1,
                hashes: [HashValue(of: [0]), HashValue(of: [1])]))
        let name = try #require(issued.disclosures.first { $0.name == "name" })
        try expect(
            "credential.md",
            holds: [
                JSONValue.object(issued.issuerJWT.header).indented,
                try indented(issued.issuerJWT.payload),
                String(
                    decoding: JSONValue.array([
                        .string(name.salt), .string(name.name ?? ""), name.value,
                    ]).serialized, as: UTF8.self),
                String(decoding: name.encoded, as: UTF8.self), name.digestText,
                String(decoding: file.serialized, as: UTF8.self),
                HashValue(of: [0] + issued.issuerSignedBytes).hexadecimal,
            ])
    }

    @Test func ofRequests() throws {
        var sample = SampleAward(seed: 2026)
        let issued = try sample.issued()
        var generator = SeededGenerator(seed: 2027)
        let request = PresentationRequest(
            audience: "concord:AS3N-N9TM-CD3M-R0M5-VXEV-YAYA", expires: SampleAward.now + 600,
            ask: ["birthdate", ["address", "city"]],
            question: .init(destination: "DE", purpose: "employ", occupation: "7212"),
            using: &generator)
        let answer = try issued.presenting(paths: request.ask).bound(
            to: request.audience, nonce: request.nonce, at: SampleAward.now + 60,
            by: sample.holder)
        let binding = try #require(answer.keyBinding)
        try expect(
            "presentation.md",
            holds: [
                String(decoding: request.serialized, as: UTF8.self),
                try indented(binding.jwt.payload),
            ])
    }

    @Test func ofStatements() throws {
        let sample = SampleAward(seed: 2026)
        var generator = SeededGenerator(seed: 2028)
        var frame = sample.credential.frame
        frame.issuer = "de.sample-authority"
        frame.country = "DE"
        frame.status = StatusReference(uri: "urn:concord:status:de.sample-authority:1", index: 7)
        (frame.expires, frame.notBefore, frame.holderKey, frame.birthdate) = (nil, nil, nil, nil)
        let decision = StatementCredential(
            .decision, id: "5d0c2c7f3e0b4a6f9a3b1c2d4e5f6071", issued: SampleAward.day,
            statement: [
                "jurisdiction": "DE", "occupation": "7212", "decided": "2026-09-01",
                "purposes": ["visa-skill"], "target": ["qual": "de.anlagenmechaniker"],
                "result": "partial", "differences": ["control technology"],
                "remedy": ["body": "Sample Court", "days": 30],
            ], frame: frame)
        let issued = try decision.issued(decoys: 0, by: sample.issuer, using: &generator)
        try expect(
            "credential.md", holds: [try indented(issued.issuerJWT.payload)],
            part: ".statement")
    }

    @Test func ofStatusLists() throws {
        let sample = SampleAward(seed: 2026)
        var list = StatusList(bits: 2, count: 131_072)
        try list.set(.invalid, at: 2)
        try list.set(.suspended, at: 412)
        try list.set(.replaced, at: 131_071)
        let token = StatusListToken.signed(
            list, subject: sample.credential.status.uri, at: SampleAward.now,
            expires: SampleAward.now + 86_400 * 30, timeToLive: 3_600, by: sample.issuer)
        try expect(
            "status-list.md",
            holds: [
                JSONValue.object(token.jwt.header).indented, try indented(token.jwt.payload),
                String(decoding: token.serialized, as: UTF8.self), token.hash.hexadecimal,
            ])
        #expect(try token.status(of: sample.credential.status, at: SampleAward.now) == .suspended)
    }
}
