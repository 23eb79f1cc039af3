import Credentials
import Cryptography
import Encoding
import TestSupport
import Testing

@Suite("Flipped bytes")
struct FlippedByteTests {
    var sample = SampleAward()

    /// Each byte with its lowest bit flipped, and with another change.
    func flips(of bytes: [UInt8], _ visit: ([UInt8], Int) throws -> Void) rethrows {
        var generator = SeededGenerator(seed: 11)
        for index in bytes.indices {
            for mask in [1, UInt8.random(in: 2...255, using: &generator)] {
                var changed = bytes
                changed[index] ^= mask
                try visit(changed, index)
            }
        }
    }

    @Test mutating func neverVerifyInAPresentation() throws {
        let sample = sample
        let bytes = sample.bound(try self.sample.issued().presenting(["birthdate"])).serialized
        _ = try sample.verified(bytes)
        flips(of: bytes) { changed, index in
            let isVerified =
                (try? SDJWT(parsing: changed)).map { presentation in
                    (try? sample.verified(changed)) != nil
                        && (try? presentation.holderControl(
                            key: sample.holder.verificationKey, challenge: SampleAward.challenge))
                            == .shown
                } ?? false
            #expect(!isVerified, "byte \(index)")
        }
    }

    @Test mutating func neverChangeTheClaimsOfAFile() throws {
        let issued = try sample.issued()
        let file = CredentialFile(
            credential: issued,
            batch: BatchPath(
                origin: "sample.example/PH/1", entryIndex: 18, leafIndex: 3,
                hashes: [HashValue(of: [1]), HashValue(of: [2])]))
        let claims = try sample.verified(issued.serialized)
        let sample = sample
        flips(of: file.serialized) { changed, index in
            guard let read = try? CredentialFile(parsing: changed),
                let verified = try? sample.verified(read.credential.serialized)
            else { return }
            #expect(verified == claims, "byte \(index)")
            #expect(read.credential.issuerSignedBytes == issued.issuerSignedBytes)
        }
    }

    @Test func neverVerifyInAStatusListToken() throws {
        var list = StatusList(bits: 2, count: 512)
        try list.set(.suspended, at: 77)
        let bytes = StatusListToken.signed(
            list, subject: "urn:concord:status:1", at: SampleAward.now, by: sample.issuer
        ).serialized
        try StatusListToken(parsing: bytes).verify(with: sample.issuer.verificationKey)
        flips(of: bytes) { changed, index in
            #expect(throws: CredentialError.self, "byte \(index)") {
                try StatusListToken(parsing: changed).verify(with: sample.issuer.verificationKey)
            }
        }
    }
}
