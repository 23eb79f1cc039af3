import Foundation
import TestSupport
import Testing

/// A node is replaced while it is asked without a pause, and nobody notices.
@Suite(.serialized) struct RestartTests {
    /// What a client got: whole answers, and anything else.
    private final class Tally: @unchecked Sendable {
        private let lock = NSLock()
        private var isOver = false
        private var answered = 0
        private var failures: [String] = []

        var goesOn: Bool { lock.withLock { !isOver } }
        func stop() { lock.withLock { isOver = true } }
        func note(_ status: Int?, _ what: String) {
            lock.withLock {
                if status == 200 { answered += 1 } else { failures.append(what) }
            }
        }
        var result: (answered: Int, failures: [String]) { lock.withLock { (answered, failures) } }
    }

    private static let request = "GET /heads HTTP/1.1\r\nhost: 127.0.0.1\r\n"

    private static func askAnew(_ port: Int, _ tally: Tally) {
        while tally.goesOn {
            guard let client = try? ClientSocket(port: port) else {
                tally.note(nil, "no connection")
                continue
            }
            client.send(request + "connection: close\r\n\r\n")
            tally.note(ClientSocket.status(client.receive(seconds: 30)), "a new connection")
        }
    }

    private static func askOn(_ port: Int, _ tally: Tally) {
        var client: ClientSocket?
        while tally.goesOn {
            if client == nil { client = try? ClientSocket(port: port) }
            client?.send(request + "\r\n")
            let answer = client?.answer(seconds: 30)
            tally.note(answer?.status, "a connection that stays")
            if answer == nil || answer?.head.lowercased().contains("connection: close") == true {
                client = nil
            }
        }
    }

    @Test func losesNoRequestWhenItIsReplaced() throws {
        let stage = try Corridor()
        try stage.run(
            0,
            [
                "node", "init", "--node", stage.path("ph"), "--country", "PH", "--name",
                "Sample PH", "--origin", "sample.concord.example/ph/1", "--sample", "--unsealed",
            ])
        let socket = try ListeningSocket()
        var node = try HandedOverNode(folder: stage.path("ph"), socket: socket.descriptor)
        let tally = Tally()
        let clients = DispatchGroup()
        let port = socket.port
        for number in 0..<8 {
            clients.enter()
            Thread.detachNewThread { [clients] in
                defer { clients.leave() }
                if number % 2 == 0 { Self.askAnew(port, tally) } else { Self.askOn(port, tally) }
            }
        }
        for _ in 0..<3 {
            Thread.sleep(forTimeInterval: 1)
            #expect(node.stop() == 0)
            node = try HandedOverNode(folder: stage.path("ph"), socket: socket.descriptor)
        }
        Thread.sleep(forTimeInterval: 1)
        tally.stop()
        clients.wait()
        #expect(tally.result.failures == [])
        #expect(tally.result.answered > 50)
        #expect(node.stop() == 0)
    }

    /// Without a socket that outlives it, what has begun is still answered.
    @Test func answersWhatHasBegunWhenItStops() throws {
        let corridor = try Corridor()
        try corridor.found("ph")
        let node = try #require(corridor.nodes["ph"])
        let begun = try ClientSocket(port: node.port)
        begun.send("POST /seen HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: 2\r\n\r\n{")
        let waiting = try ClientSocket(port: node.port)
        waiting.send(Self.request + "\r\n")
        #expect(waiting.answer()?.status == 200)
        let stopped = DispatchGroup()
        nonisolated(unsafe) let process = node
        nonisolated(unsafe) var status: Int32?
        DispatchQueue.global().async(group: stopped) { status = process.stop() }
        Thread.sleep(forTimeInterval: 0.5)
        #expect((try? ClientSocket(port: node.port)) == nil)
        begun.send("}")
        let answer = begun.answer()
        #expect(answer?.status == 400)
        #expect(answer?.head.lowercased().contains("connection: close") == true)
        waiting.send(Self.request + "\r\n")
        #expect(waiting.answer()?.status == 200)
        stopped.wait()
        #expect(status == 0)
    }

    @Test func refusesASocketThatDoesNotListen() throws {
        let corridor = try Corridor()
        try corridor.run(
            0,
            [
                "node", "init", "--node", corridor.path("ph"), "--country", "PH", "--name",
                "Sample PH", "--origin", "sample.concord.example/ph/1", "--sample", "--unsealed",
            ])
        let file = open("/dev/null", O_RDONLY)
        defer { close(file) }
        let node = try HandedOverNode(folder: corridor.path("ph"), socket: file)
        let status = node.wait()
        #expect(status >> 8 == 65)
        let said = try String(contentsOfFile: corridor.path("ph") + ".2", encoding: .utf8)
        #expect(said.contains("expected one listening socket"))
    }
}

/// A socket of the loopback address that listens and stays open.
private final class ListeningSocket {
    let descriptor: Int32
    let port: Int

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 1_024) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        try #require(isBound)
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(descriptor) }
}
