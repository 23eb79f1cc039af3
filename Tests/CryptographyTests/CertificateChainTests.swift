import Cryptography
import Encoding
import TestSupport
import Testing

@Suite struct CertificateChainTests {
    private static let from = Timestamp(seconds: 1_790_000_000)
    private static let until = from + 86_400
    private static let name = "dns:issuer.example"

    private static func made(
        _ name: String, _ part: SampleCertificate.Part, by issuer: SampleCertificate? = nil,
        until: Timestamp = until, foreign: Bool = false
    ) throws -> SampleCertificate {
        try SampleCertificate(
            name, key: name, part, by: issuer, from: from, until: until, foreign: foreign)
    }

    private let root: SampleCertificate
    private let middle: SampleCertificate
    private let leaf: SampleCertificate

    init() throws {
        root = try Self.made("root", .authority(pathLength: nil))
        middle = try Self.made("middle", .authority(pathLength: 0), by: root)
        leaf = try Self.made("hsm", .leaf(["other.example", "issuer.example"]), by: middle)
    }

    private func key(
        _ chain: [SampleCertificate], under root: SampleCertificate? = nil,
        named name: String = name, at moment: Timestamp = from
    ) throws -> P256Key? {
        try CertificateChain(parsing: chain.map(\.der)).key(
            under: KeyCertificate(parsing: (root ?? self.root).der), named: name, at: moment)
    }

    @Test func leadsToTheRootWithAndWithoutIt() throws {
        let expected = try ES256Signer("hsm").publicKey
        #expect(try key([leaf, middle]) == expected)
        #expect(try key([leaf, middle, root]) == expected)
        #expect(try key([leaf, middle], at: Self.until) == expected)
        #expect(try key([leaf], under: middle) == expected)
    }

    @Test func needsTheNameThatTheActGives() throws {
        #expect(try key([leaf, middle], named: "dns:else.example") == nil)
        #expect(try key([leaf, middle], named: "uri:issuer.example") == nil)
    }

    @Test func needsEveryLink() throws {
        #expect(try key([leaf]) == nil)
        #expect(try key([middle, leaf]) == nil)
        #expect(try key([root]) == nil)
        // Another authority of the same name has another key.
        let impostor = try SampleCertificate(
            "root", key: "thief", .authority(pathLength: nil), from: Self.from, until: Self.until)
        #expect(try key([leaf, middle], under: impostor) == nil)
    }

    @Test func needsAuthoritiesAboveTheLeaf() throws {
        let child = try Self.made("hsm", .leaf(["issuer.example"]), by: leaf)
        #expect(try key([child, leaf, middle]) == nil)
        let authority = try Self.made("middle", .authority(pathLength: nil), by: root)
        #expect(try key([authority]) == nil)
        // The first authority allows none below itself.
        let third = try Self.made("third", .authority(pathLength: nil), by: middle)
        let deep = try Self.made("hsm", .leaf(["issuer.example"]), by: third)
        #expect(try key([deep, third, middle]) == nil)
    }

    @Test func needsAllOfItToBeValidAtTheMoment() throws {
        #expect(try key([leaf, middle], at: Self.from + -1) == nil)
        #expect(try key([leaf, middle], at: Self.until + 1) == nil)
        let short = try Self.made(
            "hsm", .leaf(["issuer.example"]), by: middle, until: Self.from + 60)
        #expect(try key([short, middle], at: Self.from + 60) != nil)
        #expect(try key([short, middle], at: Self.from + 61) == nil)
    }

    @Test func refusesCriticalExtensionsThatItDoesNotKnow() throws {
        let strange = try Self.made(
            "hsm", .leaf(["issuer.example"]), by: middle, foreign: true)
        #expect(throws: CryptographyError.self) { try KeyCertificate(parsing: strange.der) }
    }

    @Test func refusesWhatIsNoCertificate() {
        for bytes in [[], [0x30], [0x30, 0x00], leaf.der + [0], Array(leaf.der.dropLast())] {
            #expect(throws: CryptographyError.self) { try KeyCertificate(parsing: bytes) }
        }
        #expect(throws: CryptographyError.self) { try CertificateChain(parsing: []) }
        #expect(throws: CryptographyError.self) {
            try CertificateChain(parsing: Array(repeating: leaf.der, count: 5))
        }
    }

    /// Whatever byte of the leaf is changed, the chain gives no key.
    @Test func givesNoKeyWhenAnyByteOfTheLeafIsChanged() throws {
        let root = try KeyCertificate(parsing: root.der)
        for index in leaf.der.indices {
            var changed = leaf.der
            changed[index] ^= 1
            let chain = try? CertificateChain(parsing: [changed, middle.der])
            #expect(
                chain?.key(under: root, named: Self.name, at: Self.from) == nil, "byte \(index)")
        }
    }
}
