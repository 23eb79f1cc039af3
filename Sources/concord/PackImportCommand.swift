import ArgumentParser
import Cryptography
import Encoding
import Node
import Registrar
import Registry
import Storage
import Sync
import TransparencyLog
import Verification

/// `concord pack import`: take over what packs hold, verified like anything from a peer.
struct PackImportCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take over what packs hold; verify all of it, as if a peer had sent it.",
        discussion: """
            Damaged parts are left out and named, the rest is kept; several copies of one pack
            complete each other. A sealed node imports too, and stays sealed. Exits with 1 if
            something was left out.
              concord pack import corridor.pack --node ./de
            A verifier without a node, from the file that its ministry handed out:
              concord pack import corridor.pack --anchor de.anchor.json
            """)

    @Argument(help: "The packs, in any order.")
    var packs: [String]

    @OptionGroup var source: SourceOptions

    func perform() async throws {
        let now = Clock.now
        let files = try packs.map { try Pack(opening: $0) }
        let (anchor, database, limits) = try knowledge(at: now)
        for file in files {
            for fault in file.faults { Console.complain("\(file.path): \(fault.description)") }
        }
        let before = try LogNews.sizes(database)
        let trusted = TrustedLogs(database: database, anchor: anchor, at: now)
        let importer = PackImport(database: database, rules: trusted.rules, limits: limits)
        var reports = [await importer.take(files)]
        // What the anchor's log has just named is taken over at once.
        let known = try LogNews.sizes(database)
        var isNew = false
        for peer in try trusted.peers().values where known[peer.pin.origin] == nil {
            try database.addLog(peer.pin.origin, isOwn: false)
            isNew = true
        }
        if isNew { reports.append(await importer.take(files)) }
        try LogNews(before: before, database: database).print()
        // Named, for whoever thought that the pack would bring them.
        let here = Set(try LogNews.sizes(database).keys)
        var isStrange = false
        for file in files {
            let origins = ((try? file.sizes()) ?? [:]).keys.sorted()
            for origin in origins where !here.contains(origin) {
                Console.complain(
                    "\(file.path): \(origin) is not a log that is believed here, and was left out; "
                        + "add it as a peer first")
            }
            if !origins.isEmpty, here.isDisjoint(with: origins) { isStrange = true }
        }
        let failures = reports.flatMap { $0.failures + $0.logs.flatMap(\.failures) }
        for failure in Set(failures).map(\.description).sorted() { Console.complain(failure) }
        for hash in Set(reports.flatMap { $0.logs.flatMap(\.missingBlobs) }).map(\.hexadecimal)
            .sorted()
        {
            Console.complain("a list that an entry names is in no pack and not here: \(hash)")
        }
        for id in reports.flatMap(\.splitViews) {
            Console.complain("SPLIT VIEW \(id.hexadecimal): two histories of one log")
        }
        if isStrange || !failures.isEmpty || files.contains(where: { !$0.faults.isEmpty }) {
            throw ExitCode(1)
        }
    }

    private func knowledge(at now: Timestamp) throws -> (Anchor, LogDatabase, FollowLimits) {
        if let node = source.node {
            let office = try Office(opening: NodeDirectory(node), passphrase: nil)
            return (
                try office.anchor(at: now), office.database,
                try NodeConfiguration(inFolder: node).followLimits
            )
        }
        guard let path = source.anchor else {
            throw CommandFailure(
                .usage,
                "expected --node DIR or --anchor FILE: a pack is believed in nothing, so it must "
                    + "be known whose log decides")
        }
        let anchor = try Anchor(parsing: InputFile.read(path, limit: 1 << 20))
        let database = try CopiesFolder(source.data).database()
        try database.addLog(anchor.pin.origin, isOwn: false)
        return (anchor, database, FollowLimits())
    }
}
