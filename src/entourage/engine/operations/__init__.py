"""Operations: what a recruitment brought, judged by who stayed."""
