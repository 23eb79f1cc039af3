extension Translation {
    static let bengali = Translation(
        parsing: """
            language = bn
            name = বাংলা
            direction = ltr
            review = draft
            """)
}
