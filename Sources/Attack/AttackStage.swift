import Credentials
import Cryptography
import Encoding
import Foundation
import Registrar
import TransparencyLog
import Verification

/// Everything that the attacks are played with: the program, the network, and who verifies.
struct AttackStage: Sendable {
    let folder: URL
    let program: InstalledProgram
    let network: AttackNetwork
    let certificates: AttackedCertificates
    let service: AttackedService
    /// A key that nobody granted.
    let stranger: SigningKey
    /// A launcher of processes without a network; empty where this machine makes none.
    let withoutNetwork: [String]

    /// Somebody who verifies: the arguments that say what they hold.
    struct Verifier: Sendable {
        let source: [String]
    }

    /// Fresh copies of all logs.
    var employer: Verifier { verifier("employer") }
    /// The same copies, held by somebody else.
    var agency: Verifier { verifier("agency") }
    /// Copies that nobody has renewed for weeks.
    var sleeper: Verifier { verifier("sleeper") }
    /// The anchor and nothing else.
    var nobody: Verifier { verifier("nobody") }

    /// The office that keeps the records, at its node.
    var registrar: Verifier { Verifier(source: ["--node", service.node]) }

    func verifier(_ data: String) -> Verifier {
        Verifier(source: ["--anchor", path("xd.anchor.json"), "--data", path(data)])
    }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    /// Builds the network in an empty folder, lets it age, and hands out copies.
    init(in folder: URL, attacking program: String) async throws {
        self.folder = folder
        let program = InstalledProgram(path: program, folder: folder)
        var generator = SystemRandomNumberGenerator()
        stranger = SigningKey.generated(using: &generator)
        let launcher = InstalledProgram(path: "/usr/bin/unshare", folder: folder)
        let isOffline = (try? launcher.run(["-rn", "/bin/true"]).code) == 0
        withoutNetwork = isOffline ? [launcher.path, "-rn"] : []
        self.program = program
        let now = Timestamp(seconds: Int64(Date().timeIntervalSince1970))
        let network = try await AttackNetwork(in: folder, at: now)
        self.network = network
        func path(_ name: String) -> String { folder.appending(path: name).path }
        let anchor = try network.destination.office.anchor(at: now)
        try Data(anchor.serialized).write(to: URL(filePath: path("xd.anchor.json")))
        func copy(to data: String) throws {
            let pack = path("\(data).pack")
            try program.prepare(["pack", "export", "--node", path("xd"), "--out", pack])
            try program.prepare(
                [
                    "pack", "import", pack, "--anchor", path("xd.anchor.json"), "--data",
                    path(data),
                ])
        }
        certificates = try await AttackedCertificates(network) { try copy(to: "sleeper") }
        try copy(to: "employer")
        try FileManager.default.copyItem(atPath: path("employer"), toPath: path("agency"))
        service = try await AttackedService(in: folder, program: program, at: now)
    }

    func anchor() throws -> JSONObject {
        let bytes = Array(try Data(contentsOf: URL(filePath: path("xd.anchor.json"))))
        return try JSONValue(parsing: bytes).object ?? JSONObject()
    }

    /// Writes a document; its path.
    func write(_ value: JSONValue, as name: String) throws -> String {
        try Data(value.indented.utf8).write(to: URL(filePath: path(name)))
        return path(name)
    }

    func credential(_ name: String) throws -> CredentialFile {
        try CredentialFile(parsing: Array(Data(contentsOf: URL(filePath: path(name)))))
    }

    /// Copies made from a pack whose status lists are left out or exchanged on their way.
    func copies(
        _ name: String, without change: ([UInt8]) -> [UInt8]?
    ) throws -> Verifier {
        let pack = try SpoiledPack(path("employer.pack")).replacingLists(change)
        try Data(pack).write(to: URL(filePath: path("\(name).pack")))
        let verifier = verifier(name)
        // What is wrong with the pack is said; the rest of it is taken.
        try program.run(["pack", "import", path("\(name).pack")] + verifier.source)
        return verifier
    }

    /// A copy of the employer's copies, to be spoiled.
    func copies(_ name: String) throws -> Verifier {
        try FileManager.default.copyItem(atPath: path("employer"), toPath: path(name))
        return verifier(name)
    }

    /// Verifies bytes as a file of that name.
    func verify(
        _ bytes: [UInt8], as name: String, by verifier: Verifier, _ options: [String] = [],
        through launcher: [String] = []
    ) throws -> AttackAnswer {
        let file = path("\(name).json")
        try Data(bytes).write(to: URL(filePath: file))
        return try verify(file, by: verifier, options, through: launcher)
    }

    /// Verifies a file.
    func verify(
        _ file: String, by verifier: Verifier, _ options: [String] = [],
        input: [UInt8] = [], through launcher: [String] = []
    ) throws -> AttackAnswer {
        try AttackAnswer(
            program.run(
                ["verify", file, "--json"] + verifier.source + options, input: input,
                through: launcher))
    }
}
