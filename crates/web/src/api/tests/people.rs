//! Organisations' settings, staff and tokens.

use super::*;

#[tokio::test]
async fn settings_are_the_owners_and_terms_the_platforms() {
    let client = client().await;
    let changed =
        client.patch(&client.owner, O, &json!({"name": "North", "brand_colour": "#A0522D"})).await.expect(200);
    assert_eq!((&changed["name"], &changed["brand_colour"]), (&json!("North"), &json!("#a0522d")));
    client.patch(&client.owner, O, &json!({"fee": 100})).await.faults(403, "forbidden");
    client.patch(&client.platform, O, &json!({"name": "Mine"})).await.faults(403, "forbidden");
    let terms = client.patch(&client.platform, O, &json!({"fee": 250, "status": "suspended"})).await.expect(200);
    assert_eq!((&terms["fee"], &terms["status"]), (&json!(250), &json!("suspended")));
    client.get("", &format!("{E}/options")).await.faults(404, "not_found");
    let odd = client.patch(&client.platform, O, &json!({"currency": "EUR", "fee": -1})).await;
    assert_eq!(odd.faults(422, "invalid"), ["/fee out_of_range", "/currency unknown_field"]);
    let door = client.token("door").await;
    client.get(&door, O).await.faults(403, "forbidden");
}

#[tokio::test]
async fn organisations_are_made_and_listed_by_the_platform_only() {
    let client = client().await;
    let list = client.get(&client.platform, "/api/v1/organisations").await.expect(200);
    assert_eq!(list["data"][0]["slug"], json!("northern-salsa"));
    client.get(&client.owner, "/api/v1/organisations").await.faults(404, "not_found");
    let body = json!({"slug": "x", "name": "X", "currency": "XXX", "time_zone": "Mars"});
    let odd = client.post(&client.platform, "/api/v1/organisations", &body).await;
    assert_eq!(odd.faults(422, "invalid"), ["/currency malformed", "/time_zone malformed"]);
}

#[tokio::test]
async fn staff_are_invited_given_another_role_and_removed() {
    let client = client().await;
    let path = format!("{O}/staff");
    client.post(&client.owner, &path, &json!({"email": "eva@example.org", "role": "owner"})).await.expect(201);
    let bo = client.post(&client.owner, &path, &json!({"email": "Bo@Example.org", "role": "door"})).await.expect(201);
    assert_eq!((&bo["email"], &bo["role"]), (&json!("bo@example.org"), &json!("door")));
    let one = format!("{path}/{}", bo["id"].as_str().unwrap());
    let promoted = client.patch(&client.owner, &one, &json!({"role": "manager"})).await.expect(200);
    assert_eq!(promoted["role"], json!("manager"));
    assert_eq!(client.get(&client.owner, &path).await.expect(200)["data"].as_array().unwrap().len(), 2);
    assert_eq!(client.ask(Method::DELETE, &client.owner, &one).await.status.as_u16(), 204);
    client.get(&client.owner, &one).await.faults(404, "not_found");
    let manager = client.token("manager").await;
    client.get(&manager, &path).await.faults(403, "forbidden");
}

#[tokio::test]
async fn a_tokens_secret_is_shown_once() {
    let client = client().await;
    let made = client
        .post(&client.owner, &format!("{O}/tokens"), &json!({"role": "door", "name": "Scanner"}))
        .await
        .expect(201);
    assert!(made["token"].as_str().unwrap().len() >= 32);
    let list = client.get(&client.owner, &format!("{O}/tokens")).await;
    assert!(!list.text.contains(made["token"].as_str().unwrap()) && list.text.contains("Scanner"));
    client.get(made["token"].as_str().unwrap(), "/api/v1/me").await.faults(401, "unauthenticated");
}

#[tokio::test]
async fn a_person_who_signed_in_sees_who_they_are_and_their_tickets() {
    let client = client().await;
    let item = client.item("Gala", 0, &json!({})).await;
    client.post("", &format!("{E}/orders"), &order(&[&item], "free")).await.expect(201);
    let (engine, program) = (&client.house.engine, PlatformScope::of_the_program());
    let role = domain::people::StaffRole::Door;
    let (organisation, email) = ("northern-salsa".parse().unwrap(), "ana@example.org".parse().unwrap());
    let invited = engine.invite_staff_of(&program, &organisation, &email, role).await.unwrap();
    let session = engine.sign_in(&invited.secret.unwrap()).await.unwrap();
    let ask = |path: &str| {
        let cookie = format!("theme=dark; session={}", session.secret);
        Request::builder().uri(path).header("cookie", cookie).body(Body::empty()).unwrap()
    };
    let me = client.send(ask("/api/v1/me")).await.expect(200);
    assert_eq!((&me["email"], &me["staff"][0]["role"]), (&json!("ana@example.org"), &json!("door")));
    let mine = client.send(ask("/api/v1/me/tickets")).await.expect(200);
    assert_eq!(mine["data"][0]["event_title"], json!("Mersey Salsa Weekend"));
    assert!(mine["data"][0]["barcode"].is_string());
    client.send(ask(&format!("{E}/doors"))).await.expect(200);
    client.send(ask(&format!("{O}/staff"))).await.faults(403, "forbidden");
    client.get("", "/api/v1/me").await.faults(401, "unauthenticated");
}
