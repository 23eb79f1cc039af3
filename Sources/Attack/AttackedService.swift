import Credentials
import Cryptography
import Encoding
import Foundation
import Issuance
import Language
import Records
import Registrar
import Registry
import Sync

/// A fourth country whose node keeps records and serves them: what a registrar's office has.
///
/// Its log is unwitnessed, so that one process is the whole of it.
final class AttackedService: Sendable {
    let country: AttackedCountry
    let centre: AttackedBody
    /// Revoked; not revoked.
    let revoked, standing: RecordID
    let revokedFile: CredentialFile
    /// The codes of their papers.
    let revokedCode, standingCode: String
    let url: String
    private let process: Process
    let records: RecordStore

    var node: String { country.office.node.path }

    init(in folder: URL, program: InstalledProgram, at now: Timestamp) async throws {
        let country = try await AttackedCountry("XS", in: folder, at: now + -60)
        self.country = country
        centre = try await country.accredit("centre", "Office Centre", at: now + -60)
        let office = country.office
        records = try office.records(passphrase: nil)
        let desk = try AwardDesk(
            office: office, records: records, key: centre.key, body: centre.id)
        let awards = [AttackedBody.person, AttackedBody.otherPerson].map { name in
            """
            {"name":"\(name)","birth_year":1999,"qualification":"\(country.qualification)",\
            "version":"1","awarded":"\(now.day)"}
            """
        }
        let issued = try await desk.issue(
            AwardRequest.list(parsing: Array("[\(awards.joined(separator: ","))]".utf8)),
            holderKeys: [:], at: now)
        (revoked, standing) = (issued.records[1], issued.records[0])
        revokedFile = issued.files[1]
        _ = try await PaperDesk(
            office: office, records: records, key: centre.key, body: centre.id
        ).issue(for: issued.records, at: now)
        var printing = PrintDesk(office: office, records: records)
        let tags: [String] = ["en"]
        revokedCode = try printing.sheet(of: revoked, in: tags, at: now).code
        standingCode = try printing.sheet(of: standing, in: tags, at: now).code
        let life = try CredentialDesk(
            office: office, records: records, key: centre.key, issuer: centre.id)
        _ = try await life.change(revoked, by: .revoke, at: now)
        (process, url) = try program.serve(office.node.path)
    }

    func stop() {
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
    }

    /// Posts bytes to the running node.
    func post(
        _ path: String, _ body: [UInt8], contentType: String = "application/octet-stream"
    ) async throws -> PeerClient.Answer {
        let address = try PeerAddress(parsing: url)
        return try await PeerNetwork.with { network in
            try await network.client(address).post(
                path, body, contentType: contentType, limit: 4 << 20)
        }
    }

    func get(_ path: String) async throws -> [UInt8] {
        let address = try PeerAddress(parsing: url)
        return try await PeerNetwork.with { network in
            try await network.client(address).get(path, limit: 4 << 20)
        }
    }

    /// What the node shows of its log.
    func heads() async throws -> [UInt8] { try await get(PeerPath.heads) }
}
