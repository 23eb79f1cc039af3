import Credentials
import Cryptography
import Encoding
import Registry
import TestSupport
import Testing
import TransparencyLog

@Suite struct AdmissionTests {
    static func decide(_ network: SampleNetwork, _ entry: RegistryEntry) throws -> Admission {
        var sealed = network.ph
        try sealed.seal(at: .noon("2026-10-01"))
        return Admission.decide(
            entry, into: try sealed.state(), at: network.ph.size, time: try .noon("2026-10-02"))
    }

    static func accreditation(
        _ network: SampleNetwork, qualification: String = "q.ph.dw-nc2",
        signedBy signers: [NoteSigner]
    ) throws -> RegistryEntry {
        try network.ph.entry(
            "accreditation", by: "tesda", about: ["b", qualification],
            SampleActs.accreditation(
                "b", SampleKeys.signer("b").verifier, qualifications: [qualification]),
            signedBy: signers)
    }

    @Test func admitsWhatIsMandated() throws {
        let network = try SampleNetwork()
        let entry = try AdmissionTests.accreditation(
            network, signedBy: [SampleKeys.signer("tesda")])
        #expect(try AdmissionTests.decide(network, entry) == .admitted)
    }

    @Test func keepsAsAdviceWhatIsOutsideTheMandate() throws {
        let network = try SampleNetwork()
        let entry = try AdmissionTests.accreditation(
            network, qualification: "q.de.x", signedBy: [SampleKeys.signer("tesda")])
        #expect(try AdmissionTests.decide(network, entry) == .keptAsAdvice(.outsideMandate))
    }

    @Test func declinesAStrangersSignatureLine() throws {
        let network = try SampleNetwork()
        let entry = try AdmissionTests.accreditation(
            network, signedBy: [SampleKeys.signer("tesda"), SampleKeys.signer("stranger")])
        #expect(try AdmissionTests.decide(network, entry) == .declined(.strangeSignature))
    }

    @Test func takesTheRootsSignatureBesides() throws {
        let network = try SampleNetwork()
        let entry = try AdmissionTests.accreditation(
            network, signedBy: [SampleKeys.signer("tesda"), network.ph.root])
        #expect(try AdmissionTests.decide(network, entry) == .admitted)
    }

    /// A good line does not vouch for a broken one of the same name and key id.
    @Test func declinesABrokenLineBesideAGoodOne() throws {
        let network = try SampleNetwork()
        let good = try AdmissionTests.accreditation(
            network, signedBy: [SampleKeys.signer("tesda")])
        let other = try SampleKeys.signer("tesda").sign("another text\n")
        let entry = try RegistryEntry(parsing: good.note.adding(other).serialized)
        #expect(try AdmissionTests.decide(network, entry) == .declined(.strangeSignature))
    }

    @Test func declinesWhatHasNoEffect() throws {
        let network = try SampleNetwork()
        let entry = try AdmissionTests.accreditation(
            network, signedBy: [SampleKeys.signer("stranger")])
        #expect(try AdmissionTests.decide(network, entry) == .declined(.notSignedByAuthor))
    }

    @Test func declinesAListWhoseNumberIsNotHigher() throws {
        var network = try SampleNetwork()
        try network.publishList(2)
        var later = network
        for (number, expected) in [
            (1, Admission.declined(.numberNotHigher)), (2, .declined(.numberNotHigher)),
            (3, .admitted),
        ] {
            let index = try later.publishList(Int64(number), [1: .invalid])
            #expect(
                try AdmissionTests.decide(network, later.ph.entries[Int(index)]) == expected)
        }
    }

    @Test func namesEveryObjectionInASentence() {
        let objections: [Objection] = [
            .wrongOrigin, .duplicate, .unknownKind, .notSignedByAuthor, .strangeSignature,
            .outsideMandate, .accreditationEnded, .awardsOutsideAccreditation, .unknownAct,
            .notTheAuthor, .subjectsMissing, .numberNotHigher, .wrongNextRoot, .final,
            .notWitnessed,
        ]
        for objection in objections { #expect(objection.description.contains(" ")) }
    }
}
