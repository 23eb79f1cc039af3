import ArgumentParser
import Encoding
import Foundation
import Node
import Registrar
import Registry
import Site
import Storage
import Sync
import TransparencyLog

/// `concord node serve`: the node's process.
struct NodeServeCommand: ConcordCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the node's logs, witness the others', follow the peers.",
        discussion: """
            Listens on the loopback address unless node.json says otherwise. There is no
            administrative HTTP: what writes takes nothing but signatures of mandated keys.
            Stops on SIGTERM and SIGINT; answers that have begun are finished.
              concord node serve --node ./de --port 8080 --passphrase-file pass.txt
            Every key of node.json is explained in Protocol/operation.md.
            """)

    @Option(help: "The node's folder.")
    var node = "./concord-node"

    @Option(help: "The port; 0 finds a free one and writes it to node.port.")
    var port: Int?

    @Option(
        name: .customLong("sync-seconds"),
        help: "Seconds between two rounds with the peers; 0: only when told to.")
    var syncSeconds: Int?

    @Option(name: .customLong("tls-cert"), help: "The certificate's chain in PEM, for HTTPS.")
    var tlsCertificate: String?

    @Option(name: .customLong("tls-key"), help: "The certificate's key in PEM.")
    var tlsKey: String?

    @OptionGroup var passphrase: PassphraseOptions

    func validate() throws {
        guard (tlsCertificate == nil) == (tlsKey == nil) else {
            throw ValidationError("expected --tls-cert and --tls-key together, found one of them")
        }
        if let port, !(0...65_535).contains(port) {
            throw ValidationError("expected a port from 0 to 65535, found \(port)")
        }
        if let syncSeconds, !(0...86_400).contains(syncSeconds) {
            throw ValidationError("expected 0 to 86400 seconds, found \(syncSeconds)")
        }
    }

    func perform() async throws {
        let nodePassphrase = try passphrase.forNode(node)
        let office = try Office(opening: NodeDirectory(node), passphrase: nodePassphrase)
        var configuration = try NodeConfiguration(inFolder: office.node.path)
        if let port { configuration.port = port }
        if let syncSeconds { configuration.syncSeconds = syncSeconds }
        if let tlsCertificate, let tlsKey {
            // What is written on the command line is meant from where one stands.
            configuration.tlsFiles = (
                URL(filePath: tlsCertificate).path, URL(filePath: tlsKey).path
            )
        }
        let extractSigner = try office.node.signer(.extract, passphrase: nodePassphrase)
        let witnessSigner = try office.node.signer(.witness, passphrase: nodePassphrase)
        _ = try office.node.signer(.log, passphrase: nodePassphrase)
        // Order: what was found out before this start counts no more; until the witnesses have
        // been asked, the node serves and signs nothing.
        try office.database.closeSession([.notAsked])
        let rules = office.rules { Clock.now }
        var services = NodeServices(
            database: office.database, rules: rules, card: office.card.serialized,
            witness: Witness(database: office.database, signer: witnessSigner, rules: rules)
        ) { Clock.now }
        services.seen = SeenDesk(database: office.database, signer: witnessSigner)
        services.buddy = Buddy(
            database: office.database, signer: witnessSigner, rules: rules)
        services.uploads = UploadDesk(
            database: office.database, rules: rules, limits: configuration.followLimits)
        services.deliveries = DeliveryDesk(database: office.database, rules: rules)
        if office.card.mirror != nil {
            services.mirror = MirrorCosigner(
                database: office.database,
                signer: try office.node.signer(.mirror, passphrase: nodePassphrase), rules: rules)
        }
        services.begin = { network in
            try await office.begin(in: network) { Clock.now }.reasons
        }
        services.entries = { body in await EntryDesk(office: office).answer(body) }
        services.extract = { body in
            ExtractAnswer(office: office, signer: extractSigner).answer(body)
        }
        let desk = PageDesk(office: office) { Clock.now }
        services.pages = { request in await desk.answer(request) }
        if rules.policy(office.card.pin.origin)?.isUnwitnessed ?? true {
            Console.complain(
                "no witness is named: nothing keeps a second copy of this folder from signing another "
                    + "history; add a peer (concord peer add)")
        }
        try await NodeServer(
            configuration: configuration, services: services, folder: office.node.path,
            logger: NodeLog.standard(configuration)
        ).run()
    }
}

/// `POST /entries`: a signed act, judged against the log before anything changes.
struct EntryDesk {
    let office: Office

    func answer(_ body: [UInt8]) async -> NodeAnswer {
        let entry: RegistryEntry
        do throws(RegistryError) { entry = try RegistryEntry(parsing: body) } catch {
            return .problem(400, "\(error)")
        }
        do {
            let published = try await office.publish([entry], at: Clock.now)
            return .text(200, "entry \(published[0].index)")
        } catch let refusal as RegistrarError {
            return EntryDesk.answer(to: refusal)
        } catch {
            return .problem(500, "the entry could not be stored; try again later")
        }
    }
}

extension EntryDesk {
    /// What the log's rules refuse, with the rule and the member that breaks it; anything else is
    /// this node's own trouble.
    static func answer(to refusal: RegistrarError) -> NodeAnswer {
        switch refusal {
        case .declined(let objection):
            .problem(403, "declined: \(objection) [\(objection.rawValue)]")
        case .outsideMandate: .problem(403, "declined: \(refusal) [outside-mandate]")
        case .contradictory, .contradictoryRegulation:
            .problem(403, "declined: \(refusal) [contradictory]")
        case .malformed: .problem(403, "declined: \(refusal) [malformed]")
        default: .problem(500, "the entry could not be stored; try again later")
        }
    }
}

/// `POST /extract`: folds what was ordered and signs it; writes nothing.
struct ExtractAnswer {
    let office: Office
    let signer: NoteSigner

    func answer(_ body: [UInt8]) -> NodeAnswer {
        do {
            let order = try ExtractDesk.Order(parsing: body)
            let desk = ExtractDesk(
                database: office.database, ownCard: office.card,
                peerCards: try office.peerCards())
            let extract = try desk.extract(order, at: Clock.now)
            return NodeAnswer(
                200, contentType: ContentType.text,
                body: Array(signer.sign(extract.text).line.utf8))
        } catch let error as StorageError {
            Console.complain("\(error)")
            return .problem(500, "the copies here cannot be read; try again later")
        } catch {
            return .problem(422, "\(error)")
        }
    }
}
