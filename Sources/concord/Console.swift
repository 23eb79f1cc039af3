import Foundation

/// Standard output for answers, standard error for everything else.
enum Console {
    static func print(_ text: String, terminator: String = "\n") {
        FileHandle.standardOutput.write(Data((text + terminator).utf8))
    }

    static func complain(_ text: String) {
        FileHandle.standardError.write(Data("concord: \(text)\n".utf8))
    }

    /// Tells a person something beside the answer, which may be going to a file.
    static func tell(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
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
        FileHandle.standardError.write(Data(prompt.utf8))
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return nil }
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSANOW, &silent)
        defer {
            tcsetattr(STDIN_FILENO, TCSANOW, &settings)
            FileHandle.standardError.write(Data("\n".utf8))
        }
        return readLine(strippingNewline: true).map { Array($0.utf8) }
    }
}
