extension Translation {
    static let german = Translation(
        parsing: """
            language = de
            name = Deutsch
            direction = ltr
            review = draft
            """)
}
