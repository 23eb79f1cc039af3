import Credentials
import Cryptography
import Encoding
import Foundation
import Registrar
import Registry
import TransparencyLog
import Verification

/// The throw-away network: a destination, the home of the certificates, and a third country.
///
/// Real nodes with real keys and logs that witness each other. It lives through forty days:
/// what is judged now was issued then, and some of it was ended in between.
struct AttackNetwork: Sendable {
    let folder: URL
    let now: Timestamp
    /// Whose anchor the verifier holds.
    let destination: AttackedCountry
    /// Where the certificates are from.
    let home: AttackedCountry
    /// Another country of the same network, as valid as the others.
    let third: AttackedCountry

    private static let day: Int64 = 86_400

    var founding: Timestamp { now + -40 * Self.day }
    /// When the certificates were logged.
    var then: Timestamp { now + -20 * Self.day }
    /// When some of them were ended.
    var later: Timestamp { now + -8 * Self.day }
    /// The last time at which the witnesses looked.
    var lately: Timestamp { now + -60 }

    private var countries: [AttackedCountry] { [destination, home, third] }

    init(in folder: URL, at now: Timestamp) async throws {
        self.folder = folder
        self.now = now
        let founding = now + -40 * Self.day
        destination = try await AttackedCountry("XD", in: folder, at: founding)
        home = try await AttackedCountry("XH", in: folder, at: founding)
        third = try await AttackedCountry("XO", in: folder, at: founding)
        for country in countries {
            for peer in countries where peer.code != country.code {
                let card = peer.office.card
                // Nobody listens there: who is asked for a cosignature is said by the round.
                _ = try await country.office.addPeer(
                    card, url: "http://127.0.0.1:9", fingerprint: card.fingerprint, at: founding)
            }
        }
        try await round(at: founding)
    }

    func round(at time: Timestamp) async throws {
        try await WitnessRound(countries: countries, folder: folder, time: time).run()
    }

    /// A dossier as the destination's node makes it, its extract signed by two holders.
    func dossier(_ file: CredentialFile, at time: Timestamp) async throws -> Dossier {
        let signer = try destination.office.node.signer(.extract, passphrase: nil)
        return try await DossierMaker(destination.office).dossier(
            for: file, question: VerificationQuestion(destination: nil, purpose: nil),
            signer: signer, at: time
        ) { order in
            let extract = try ExtractDesk(
                database: home.office.database, ownCard: home.office.card,
                peerCards: try home.office.peerCards()
            ).extract(order, at: time)
            return [
                try home.office.node.signer(.extract, passphrase: nil).sign(extract.text)
            ]
        }
    }
}
