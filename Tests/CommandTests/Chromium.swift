import Encoding
import Foundation
import TestSupport

/// A headless Chromium that is driven over two pipes (the DevTools protocol, `NUL` after each
/// message).
final class Chromium {
    enum Failure: Error { case ended, refused(String), noValue(String), timedOut(String) }

    /// Debian's name of the program.
    static let path = "/usr/bin/chromium"
    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: path) }

    private let folder: TemporaryFolder
    private let process = Process()
    private let commands: FileHandle
    private let answers: FileHandle
    private var buffer: [UInt8] = []
    private var nextID: Int64 = 1
    private var session: String?

    /// - Parameter film: a file of pictures (`.mjpeg`) that its camera shows; nil: no camera.
    init(film: String? = nil) throws {
        folder = try TemporaryFolder()
        // A browser that has ended is an error of the next command, not the end of the tests.
        signal(SIGPIPE, SIG_IGN)
        let (commandPipe, answerPipe) = (folder.path("commands"), folder.path("answers"))
        for path in [commandPipe, answerPipe] { mkfifo(path, 0o600) }
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = [
            "-c",
            """
            exec "$0" --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage \
            --no-first-run --disable-extensions --disable-background-networking \
            --hide-scrollbars --user-data-dir="$1/profile" --remote-debugging-pipe $2 about:blank \
            3<"$1/commands" 4>"$1/answers" >/dev/null 2>&1
            """,
            Chromium.path, folder.path,
            film.map {
                "--use-fake-device-for-media-stream --use-fake-ui-for-media-stream "
                    + "--use-file-for-fake-video-capture=\($0)"
            } ?? "",
        ]
        try process.run()
        // Order: as the shell opens them, else both sides wait for each other.
        commands = try FileHandle(forWritingTo: URL(filePath: commandPipe))
        answers = try FileHandle(forReadingFrom: URL(filePath: answerPipe))
        let target = try send("Target.createTarget", ["url": "about:blank"])
        let attached = try send(
            "Target.attachToTarget",
            ["targetId": target["targetId"] ?? .null, "flatten": true])
        session = attached["sessionId"]?.string
        for domain in ["Page", "Runtime", "DOM"] { try send("\(domain).enable") }
    }

    deinit {
        if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
    }

    /// Sends a command and waits for its answer; events are passed over.
    @discardableResult
    func send(_ method: String, _ parameters: JSONObject = JSONObject()) throws -> JSONObject {
        let id = nextID
        nextID += 1
        var message: JSONObject = [
            "id": .integer(id), "method": .string(method), "params": .object(parameters),
        ]
        message["sessionId"] = session.map(JSONValue.string)
        try commands.write(contentsOf: Data(JSONValue.object(message).serialized + [0]))
        let limit = Date(timeIntervalSinceNow: 60)
        while Date() < limit {
            guard let answer = try receive() else { continue }
            guard answer["id"]?.integer == id else { continue }
            if let error = answer["error"]?.object {
                throw Failure.refused("\(method): \(error["message"]?.string ?? "?")")
            }
            return answer["result"]?.object ?? JSONObject()
        }
        throw Failure.timedOut(method)
    }

    private func receive() throws -> JSONObject? {
        while true {
            if let end = buffer.firstIndex(of: 0) {
                let bytes = Array(buffer[..<end])
                buffer.removeSubrange(...end)
                let limits = JSONLimits(size: 64 << 20, depth: 64)
                return try? JSONValue(parsing: bytes, limits: limits).object
            }
            let data = answers.availableData
            guard !data.isEmpty else { throw Failure.ended }
            buffer += data
        }
    }

    /// Opens an address and waits until its page is there.
    func open(_ url: String) throws {
        try send("Page.navigate", ["url": .string(url)])
        try wait(until: "document.readyState === 'complete' && location.href !== 'about:blank'")
    }

    /// Waits until an expression of the page is true; it may change pages meanwhile.
    func wait(until expression: String) throws {
        let limit = Date(timeIntervalSinceNow: 30)
        while Date() < limit {
            if (try? evaluate(expression)) == .bool(true) { return }
            Thread.sleep(forTimeInterval: 0.05)
        }
        throw Failure.timedOut(expression)
    }

    /// The value of an expression in the page; works where the page's own scripts may not run.
    ///
    /// - Parameter awaiting: whether it is a promise, whose value is waited for.
    @discardableResult
    func evaluate(_ expression: String, awaiting: Bool = false) throws -> JSONValue {
        let answer = try send(
            "Runtime.evaluate",
            [
                "expression": .string(expression), "returnByValue": true,
                "awaitPromise": .bool(awaiting),
            ])
        if answer["exceptionDetails"] != nil { throw Failure.noValue(expression) }
        return answer["result"]?.object?["value"] ?? .null
    }

    func text(_ selector: String) throws -> String {
        try evaluate("document.querySelector('\(selector)')?.innerText ?? ''").string ?? ""
    }

    /// Chooses a file in a field, as a person does.
    func choose(_ path: String, in selector: String) throws {
        let document = try send("DOM.getDocument")
        let node = try send(
            "DOM.querySelector",
            [
                "nodeId": document["root"]?.object?["nodeId"] ?? .null,
                "selector": .string(selector),
            ])
        try send(
            "DOM.setFileInputFiles",
            ["files": [.string(path)], "nodeId": node["nodeId"] ?? .null])
    }

    func press(_ key: String) throws {
        let code: Int64 = key == "Tab" ? 9 : 13
        for type in ["keyDown", "keyUp"] {
            var event: JSONObject = [
                "type": .string(type), "key": .string(key), "code": .string(key),
                "windowsVirtualKeyCode": .integer(code),
            ]
            if key == "Enter", type == "keyDown" { event["text"] = "\r" }
            try send("Input.dispatchKeyEvent", event)
        }
    }

    func setWidth(_ width: Int64, height: Int64 = 900, scale: Int64 = 1) throws {
        try send(
            "Emulation.setDeviceMetricsOverride",
            [
                "width": .integer(width), "height": .integer(height),
                "deviceScaleFactor": .integer(scale), "mobile": .bool(width < 500),
            ])
    }

    func setDark(_ isDark: Bool) throws {
        try send(
            "Emulation.setEmulatedMedia",
            [
                "features": [
                    ["name": "prefers-color-scheme", "value": isDark ? "dark" : "light"]
                ]
            ])
    }

    /// The whole page as a picture, into the folder that `CONCORD_SCREENSHOTS` names, if it does.
    func photograph(_ name: String) throws {
        guard let folder = ProcessInfo.processInfo.environment["CONCORD_SCREENSHOTS"] else {
            return
        }
        let picture = try send("Page.captureScreenshot", ["captureBeyondViewport": true])
        guard let data = Data(base64Encoded: picture["data"]?.string ?? "") else { return }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        try data.write(to: URL(filePath: "\(folder)/\(name).png"))
    }
}
