import Credentials
import Cryptography
import Encoding
import Foundation
import Registrar
import Registry
import TestSupport
import Testing

/// `concord publish accredit` for a body whose own software signs with ES256.
@Suite struct AccreditTests {
    private let stage: AwardStage
    private let key: JSONWebKey
    private let root: SampleCertificate

    init() throws {
        stage = try AwardStage()
        key = JSONWebKey(try ES256Signer("hsm").publicKey)
        root = try SampleCertificate(
            "Sample Root", key: "root", .authority(pathLength: 0), from: .noon("2026-01-01"),
            until: .noon("2036-01-01"))
        var object = key.object
        object["kid"] = "https://keys.example/1"
        try write(JSONValue.object(object).serialized, to: "hsm.jwk")
        let base64 = Data(root.der).base64EncodedString(options: .lineLength64Characters)
        try write(
            Array("-----BEGIN CERTIFICATE-----\n\(base64)\n-----END CERTIFICATE-----\n".utf8),
            to: "root.pem")
    }

    private func write(_ bytes: [UInt8], to name: String) throws {
        try Data(bytes).write(to: URL(filePath: stage.path(name)))
    }

    @discardableResult
    private func accredit(
        _ code: Int32, _ options: [String], at place: SourceLocation = #_sourceLocation
    ) throws -> ConcordProcess.Outcome {
        try stage.run(
            code,
            [
                "publish", "accredit", "--body", AwardStage.centre, "--name", "Sample Centre",
                "--of", stage.path("\(AwardStage.centre).key"), "--qualification", "ph.welder",
                "--from", "2015-01-01",
            ] + options + stage.byAuthority, at: place)
    }

    private func last() throws -> Accreditation {
        let office = try Office(reading: NodeDirectory(stage.path("node")))
        let state = try office.state(about: [AwardStage.centre], at: .noon(StatementStage.today))
        return try #require(state.accreditations(of: AwardStage.centre).last).accreditation
    }

    @Test func namesKeysAndRootsInTheAct() throws {
        #expect(try last().credentialKeys.isEmpty)
        try accredit(
            0,
            [
                "--es256-key", stage.path("hsm.jwk"), "--certificate-root",
                stage.path("root.pem"), "--certificate-name", "dns:issuer.example",
            ])
        let act = try last()
        #expect(try act.credentialKeys == [ES256Signer("hsm").publicKey])
        #expect(act.certificateRoots.map(\.certificate.der) == [root.der])
        #expect(act.certificateRoots.map(\.name) == ["dns:issuer.example"])
        try write(root.der, to: "root.der")
        try accredit(
            0,
            [
                "--certificate-root", stage.path("root.der"), "--certificate-name",
                "uri:https://issuer.example",
            ])
        #expect(try last().certificateRoots.map(\.certificate.der) == [root.der])
    }

    /// What the body signs with goes on; only the days are others.
    @Test func renewsAnActWithEverythingThatItSays() throws {
        let issued = try accredit(
            0,
            [
                "--until", "2026-12-31", "--es256-key", stage.path("hsm.jwk"),
                "--certificate-root", stage.path("root.pem"), "--certificate-name",
                "dns:issuer.example",
            ])
        let entry = try #require(issued.text.split(separator: " ").dropFirst().first)
        let before = try last()
        try stage.run(
            0, ["publish", "renew", "\(entry)", "--until", "2028-06-30"] + keyAndNode)
        let after = try last()
        #expect(after.period.from.description == "2027-01-01")
        #expect(after.period.until?.description == "2028-06-30")
        #expect(after.credentialKeys == before.credentialKeys)
        #expect(after.certificateRoots == before.certificateRoots)
        #expect(after.qualifications == before.qualifications)
        #expect(after.key == before.key)
        let absent = try stage.run(66, ["publish", "renew", "9999"] + keyAndNode)
        #expect(absent.complaint.contains("expected an entry 9999 of "))
        let other = try stage.run(65, ["publish", "renew", "0"] + keyAndNode)
        #expect(other.complaint.contains("expected a mandate or an accreditation with a last day"))
        try stage.run(64, ["publish", "renew", "0", "--until", "soon"] + keyAndNode)
    }

    private var keyAndNode: [String] {
        // Its author stands in the act.
        Array(stage.byAuthority.drop { $0 != "--key" })
    }

    @Test func refusesWhatIsNoSuchKeyOrRoot() throws {
        let holder = try SampleKeys.signing("ana").verificationKey
        try write(JSONValue.object(JSONWebKey(holder).object).serialized, to: "ed25519.jwk")
        let other = try accredit(65, ["--es256-key", stage.path("ed25519.jwk")])
        #expect(other.complaint.contains("expected a public JSON Web Key on P-256"))
        let wrong = try accredit(
            65,
            [
                "--certificate-root", stage.path("hsm.jwk"), "--certificate-name",
                "dns:issuer.example",
            ])
        #expect(wrong.complaint.contains("expected X.509 in DER in a certificate"))
        let bare = try accredit(64, ["--certificate-root", stage.path("root.pem")])
        #expect(bare.complaint.contains("--certificate-name belong together"))
        let name = try accredit(
            64,
            [
                "--certificate-root", stage.path("root.pem"), "--certificate-name",
                "issuer.example",
            ])
        #expect(name.complaint.contains("expected a name as dns:NAME or uri:URI"))
    }
}
