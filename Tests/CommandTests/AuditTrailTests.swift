import Cryptography
import Encoding
import Foundation
import Registrar
import TestSupport
import Testing
import TransparencyLog

/// Whose lines an audit trail takes, what ends what was begun, and how long a line is.
@Suite struct AuditTrailTests {
    /// Somebody with a key; another one may choose the same name.
    private struct Person {
        let signer: AuditSigner
        let key: NoteKey

        init(_ name: String) throws {
            var generator = SystemRandomNumberGenerator()
            let secret = SigningKey.generated(using: &generator)
            signer = AuditSigner(secret, name: name)
            key = try NoteKey(name: name, algorithm: .ed25519, key: secret.verificationKey)
        }
    }

    private static let issuer = "ph.centre"
    private let folder: TemporaryFolder
    private let trail: AuditTrail
    private let registrar: Person
    private let centre: Person

    init() throws {
        folder = try TemporaryFolder()
        trail = AuditTrail(NodeDirectory(folder.path))
        registrar = try Person("ph.registrar")
        centre = try Person(Self.issuer)
        try note(AuditOperators.adding, about(registrar), by: registrar)
    }

    private func about(_ person: Person) -> JSONObject {
        ["key": .string(person.key.description)]
    }

    @discardableResult
    private func note(_ act: String, _ about: JSONObject, by person: Person) throws -> Int64 {
        try trail.note(act, about, by: person.signer, at: Timestamp(seconds: 1_795_000_000))
    }

    private func check() throws -> AuditCheck {
        try AuditCheck(Array(try Data(contentsOf: URL(filePath: trail.path))))
    }

    private func end(_ number: Int64) -> JSONObject {
        ["of": .integer(number), "issuer": .string(Self.issuer)]
    }

    private func isBroken(_ reason: String) throws -> Bool {
        do {
            _ = try check()
            return false
        } catch RegistrarError.auditBroken(let found) {
            return found.contains(reason)
        }
    }

    private var tooMany: JSONObject {
        let id = JSONValue.string(String(repeating: "0", count: 32))
        return ["records": .array(Array(repeating: id, count: 1_800))]
    }

    @Test func refusesALineThatIsTooLongAndGoesOn() throws {
        let before = try Data(contentsOf: URL(filePath: trail.path))
        let error = #expect(throws: RegistrarError.self) {
            try note("export", tooMany, by: registrar)
        }
        let found = try #require(error)
        #expect("\(found)".contains("at most 65536 bytes"))
        #expect(try Data(contentsOf: URL(filePath: trail.path)) == before)
        try note("export", ["count": 1_800], by: registrar)
        #expect(try check().lines == 2)
    }

    @Test func doesNothingThatALineCannotSay() async throws {
        var isDone = false
        do {
            try await trail.during(
                "erase", tooMany, by: registrar.signer, at: Timestamp(seconds: 1_795_000_000)
            ) {
                isDone = true
                return ((), [:])
            }
            Issue.record("the line is too long")
        } catch RegistrarError.auditLineTooLong {}
        #expect(!isDone)
        #expect(try check().lines == 1)
    }

    @Test func whoBeganALineEndsIt() throws {
        let erasure = try note("erase", ["records": []], by: registrar)
        let issue = try note("issue", ["issuer": .string(Self.issuer)], by: centre)
        #expect(try check().unfinished == [erasure, issue])
        try note("done", end(issue), by: centre)
        #expect(try check().unfinished == [erasure])
        try note("failed", ["of": .integer(erasure)], by: registrar)
        #expect(try check().unfinished == [])
    }

    @Test func whoWasRemovedEndsWhatItBegan() throws {
        let second = try Person("ph.registrar-2")
        try note(AuditOperators.adding, about(second), by: registrar)
        let erasure = try note("erase", ["records": []], by: second)
        try note(AuditOperators.removing, about(second), by: registrar)
        try note("done", ["of": .integer(erasure)], by: second)
        #expect(try check().unfinished == [])
        try note("done", ["of": .integer(erasure)], by: second)
        #expect(try isBroken("line 6 is signed by ph.registrar-2"))
    }

    /// Whoever makes a key names it; it is the key that counts.
    @Test(arguments: ["done", "failed"])
    func aStrangerOfTheSameNameEndsNothing(_ word: String) throws {
        let issue = try note("issue", ["issuer": .string(Self.issuer)], by: centre)
        try note(word, end(issue), by: try Person(Self.issuer))
        #expect(try isBroken("line 3 is signed by ph.centre"))
    }

    @Test func aStrangerDoesNotEndWhatAnOperatorBegan() throws {
        let issue = try note("issue", ["issuer": .string(Self.issuer)], by: registrar)
        try note("done", end(issue), by: centre)
        #expect(try isBroken("that this key did not begin, or that has ended"))
    }

    @Test func aLineEndsOnce() throws {
        let issue = try note("issue", ["issuer": .string(Self.issuer)], by: centre)
        try note("failed", end(issue), by: centre)
        try note("done", end(issue), by: centre)
        #expect(try isBroken("line 4"))
    }

    @Test(arguments: ["done", "failed"]) func nothingEndsThatWasNotBegun(_ word: String) throws {
        let print = try note("print", ["issuer": .string(Self.issuer)], by: centre)
        #expect(try check().unfinished == [])
        try note(word, end(print), by: centre)
        #expect(try isBroken("line 3"))
    }

    @Test(arguments: ["issue", "print", "export", "erase", "find"])
    func anotherActOfAnIssuerEndsNothing(_ act: String) throws {
        let issue = try note("issue", ["issuer": .string(Self.issuer)], by: centre)
        try note(act, end(issue), by: centre)
        #expect(try isBroken("line 3"))
    }

    @Test func anOperatorEndsNothingForOthers() throws {
        let issue = try note("issue", ["issuer": .string(Self.issuer)], by: centre)
        try note("done", end(issue), by: registrar)
        #expect(try check().unfinished == [issue])
    }

    @Test func theLastOperatorStays() throws {
        #expect(try trail.operators().isLast(registrar.key))
        try note(AuditOperators.removing, about(registrar), by: registrar)
        let operators = try trail.operators()
        #expect(operators.contains(registrar.key))
        #expect(operators.hasBegun)
        #expect(try isBroken("line 2 removes the last operator"))
    }
}
