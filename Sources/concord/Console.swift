import Foundation

/// Standard output for answers, standard error for everything else.
enum Console {
    static func print(_ text: String, terminator: String = "\n") {
        switch write(text + terminator, to: STDOUT_FILENO) {
        case 0: return
        case EPIPE:
            // Nobody reads on: end as any other program would, without a word.
            signal(SIGPIPE, SIG_DFL)
            raise(SIGPIPE)
            exit(128 + SIGPIPE)
        case let code:
            complain("the answer cannot be written: \(String(cString: strerror(code)))")
            exit(ExitStatus.cannotWrite.rawValue)
        }
    }

    static func complain(_ text: String) { tell("concord: \(text)\n") }

    /// Tells a person something beside the answer, which may be going to a file. Where nobody
    /// listens, the command goes on.
    static func tell(_ text: String) { _ = write(text, to: STDERR_FILENO) }

    /// Writes all of it; the code of the error that came between, or 0.
    private static func write(_ text: String, to descriptor: Int32) -> Int32 {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0 {
                guard errno == EINTR else { return errno }
            } else {
                bytes = bytes.dropFirst(count)
            }
        }
        return 0
    }

    /// Asks a person on the terminal; where there is none, the command itself was the consent.
    static func confirms(_ question: String) -> Bool {
        guard isatty(STDIN_FILENO) == 1 else { return true }
        tell(question)
        return readLine(strippingNewline: true)?.lowercased() == "y"
    }

    /// Reads a passphrase from the terminal without showing it; nil where there is none.
    static func passphrase(_ prompt: String) -> [UInt8]? {
        guard isatty(STDIN_FILENO) == 1 else { return nil }
        tell(prompt)
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return nil }
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSANOW, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSANOW, &settings)
            tell("\n")
        }
        return readLine(strippingNewline: true).map { Array($0.utf8) }
    }
}
